import { act, render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { Profiler, StrictMode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CropState } from '../../../src/core/crop-state.ts';
import { Cropper, type CropperProps } from '../../../src/index.ts';
import { frameOf } from '../../../src/image/geometry.ts';
import { jpegOf, mapOfPlaces } from '../image/pictures.ts';

const size = { width: 480, height: 320 };
const zoomed: CropState = {
  version: 1,
  rect: { x: 0.3, y: 0.25, width: 1 / 3, height: 0.5 },
  quarterTurns: 0,
  angle: 0,
  flipX: false,
  flipY: false,
};

const frame = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
const viewport = (): HTMLElement => document.querySelector<HTMLElement>('[data-part="cropper-viewport"]')!;
const drawn = (): string =>
  ['matrix', 'left', 'top', 'wide', 'tall']
    .map((name) => viewport().style.getPropertyValue(`--slipway-crop-${name}`))
    .join('|');

function point(type: string, x: number, y: number, pointerId = 1, target: Element = viewport()): void {
  const { left, top } = viewport().getBoundingClientRect();
  const init = { clientX: left + x, clientY: top + y, pointerId, bubbles: true, cancelable: true, button: 0 };
  act(() => {
    target.dispatchEvent(new PointerEvent(type, init));
  });
}

async function show(
  props: Partial<CropperProps> = {},
  style: React.CSSProperties = {},
): Promise<{ states: CropState[]; commits: () => number; wrap: HTMLElement; leave: () => void }> {
  const states: CropState[] = [];
  let commits = 0;
  const file = await jpegOf(mapOfPlaces(size.width, size.height));
  const { unmount } = render(
    <StrictMode>
      <div data-testid="wrap" style={{ width: 400, ...style }}>
        <Profiler id="cropper" onRender={() => (commits += 1)}>
          <Cropper source={file} defaultValue={zoomed} onValueChange={(state) => states.push(state)} {...props} />
        </Profiler>
      </div>
    </StrictMode>,
  );
  await screen.findByRole('application');
  await frame();
  return { states, commits: () => commits, wrap: screen.getByTestId('wrap'), leave: unmount };
}

afterEach(() => vi.restoreAllMocks());

describe('a drag', () => {
  it('moves the picture with the pointer, renders nothing, and tells the host once at its end', async () => {
    const { states, commits } = await show();
    const before = commits();
    const still = drawn();
    point('pointerdown', 200, 150);
    for (let step = 1; step <= 30; step += 1) point('pointermove', 200 + step, 150);
    await frame();
    expect(drawn()).not.toBe(still);
    expect(commits()).toBe(before);
    expect(states).toEqual([]);
    point('pointerup', 230, 150);
    expect(states).toHaveLength(1);
    expect(states[0]?.rect.x).toBeLessThan(zoomed.rect.x);
    expect(states[0]?.rect.width).toBeCloseTo(zoomed.rect.width, 9);
    await waitFor(() => expect(commits()).toBeGreaterThan(before));
  });

  it('moves as many source pixels under a scaled ancestor as the finger says', async () => {
    const moved = async (style: React.CSSProperties, pixels: number): Promise<number> => {
      const { states, leave } = await show({}, style);
      point('pointerdown', 100, 100);
      point('pointermove', 100 + pixels, 100);
      point('pointerup', 100 + pixels, 100);
      leave();
      return (zoomed.rect.x - (states[0]?.rect.x ?? NaN)) * size.width;
    };
    const plain = await moved({}, 20);
    const scaled = await moved({ transform: 'scale(0.5)', transformOrigin: '0 0' }, 10);
    expect(scaled).toBeCloseTo(plain, 6);
  });

  it('is taken back by Escape', async () => {
    const { states } = await show();
    const still = drawn();
    point('pointerdown', 200, 150);
    point('pointermove', 240, 190);
    await userEvent.keyboard('{Escape}');
    point('pointerup', 240, 190);
    await frame();
    expect(drawn()).toBe(still);
    expect(states).toEqual([]);
  });

  it('with two fingers zooms about the place between them', async () => {
    const { states } = await show();
    const { left, top } = viewport().getBoundingClientRect();
    expect([left, top].every(Number.isFinite)).toBe(true);
    point('pointerdown', 150, 150, 1);
    point('pointerdown', 250, 150, 2);
    point('pointermove', 100, 150, 1);
    point('pointermove', 300, 150, 2);
    point('pointerup', 100, 150, 1);
    point('pointerup', 300, 150, 2);
    expect(states.at(-1)?.rect.width).toBeCloseTo(zoomed.rect.width / 2, 5);
  });

  it('survives a pointer that the browser takes away', async () => {
    const { states } = await show();
    point('pointerdown', 200, 150);
    point('pointermove', 220, 150);
    point('pointercancel', 220, 150);
    point('pointermove', 300, 150);
    expect(states).toHaveLength(1);
  });

  it('in a box a handle resizes and the opposite corner stays', async () => {
    const { states } = await show({ mode: 'box', aspect: null });
    const handle = document.querySelector('[data-handle="se"]')!;
    point('pointerdown', 250, 250, 1, handle);
    point('pointermove', 270, 260, 1, handle);
    point('pointerup', 270, 260, 1, handle);
    const rect = states[0]?.rect;
    expect(rect?.x).toBeCloseTo(zoomed.rect.x, 9);
    expect(rect?.width).toBeGreaterThan(zoomed.rect.width);
  });
});

describe('nothing drifts', () => {
  it('when the container is resized while panned, and back', async () => {
    const { wrap, states } = await show();
    const before = drawn();
    for (const width of [300, 520, 400]) {
      wrap.style.width = `${width}px`;
      await frame();
    }
    expect(drawn()).toBe(before);
    expect(states).toEqual([]);
  });

  it('when a dialog scales in after the picture has loaded', async () => {
    const { wrap } = await show({}, { transform: 'scale(0.5)' });
    const before = drawn();
    wrap.style.transform = 'none';
    await frame();
    expect(drawn()).toBe(before);
    const style = getComputedStyle(document.querySelector('[data-part="cropper-stencil"]')!);
    expect(parseFloat(style.width)).toBeGreaterThan(100);
  });

  it('when a saved crop is opened again: the picture stands where it stood', async () => {
    const first = await show();
    const before = drawn();
    first.leave();
    await show({ defaultValue: JSON.parse(JSON.stringify(zoomed)) as CropState });
    expect(drawn()).toBe(before);
  });

  it('the preview shows the very pixels of the crop, for turned photos too', async () => {
    for (const orientation of [1, 6]) {
      const file = await jpegOf(mapOfPlaces(size.width, size.height), orientation);
      const { leave } = await show({ source: file });
      const stencil = document.querySelector('[data-part="cropper-stencil"]')!.getBoundingClientRect();
      const image = document.querySelector('[data-part="cropper-image"]')!.getBoundingClientRect();
      const scale = image.width / size.width;
      const cut = frameOf(zoomed, size);
      expect((stencil.left - image.left) / scale).toBeCloseTo(cut.x - cut.width / 2, 2);
      expect((stencil.top - image.top) / scale).toBeCloseTo(cut.y - cut.height / 2, 2);
      expect(stencil.width / scale).toBeCloseTo(cut.width, 2);
      leave();
    }
  });
});

describe('wheel and history', () => {
  const wheel = (init: WheelEventInit): boolean => {
    const { left, top } = viewport().getBoundingClientRect();
    const event = new WheelEvent('wheel', {
      deltaY: -100,
      clientX: left + 200,
      clientY: top + 100,
      bubbles: true,
      cancelable: true,
      ...init,
    });
    act(() => {
      viewport().dispatchEvent(event);
    });
    return event.defaultPrevented;
  };

  it('scrolls the page until the crop area has the focus; a pinch always zooms', async () => {
    await show();
    expect(wheel({})).toBe(false);
    expect(wheel({ ctrlKey: true })).toBe(true);
    act(() => screen.getByRole('application').focus());
    expect(wheel({})).toBe(true);
  });

  it('a run of the wheel is one entry: one undo takes it back', async () => {
    const { states } = await show({ wheel: 'always' });
    for (let turn = 0; turn < 5; turn += 1) wheel({});
    await waitFor(() => expect(states).toHaveLength(1));
    act(() => screen.getByRole('application').focus());
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(states.at(-1)).toEqual(zoomed);
    await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    expect(states.at(-1)).toEqual(states[0]);
  });

  it('a host that keeps the value may refuse a change', async () => {
    const { states } = await show({ value: zoomed });
    const still = drawn();
    act(() => screen.getByRole('application').focus());
    await userEvent.keyboard('{+}');
    await waitFor(() => expect(states).toHaveLength(1));
    await frame();
    expect(drawn()).toBe(still);
  });
});
