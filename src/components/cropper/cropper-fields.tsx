'use client';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import type { CropperMessages } from '../../react/use-cropper.ts';

const fields = ['left', 'top', 'width', 'height'] as const;
type Field = (typeof fields)[number];

export interface CropperFieldsProps {
  /** In source pixels, by its centre. */
  frame: { x: number; y: number; width: number; height: number };
  messages: Pick<CropperMessages, Field>;
  disabled: boolean;
  onFrame: (frame: CropperFieldsProps['frame']) => void;
}

/** The crop in figures, for who cannot or will not drag. */
export default function CropperFields({ frame, messages, disabled, onFrame }: CropperFieldsProps): ReactNode {
  const values: Record<Field, number> = {
    left: frame.x - frame.width / 2,
    top: frame.y - frame.height / 2,
    width: frame.width,
    height: frame.height,
  };
  const apply = (field: Field, value: number): void => {
    const next = { ...values, [field]: value };
    // with a fixed aspect the side that was typed decides
    const ratio = frame.width / frame.height;
    if (field === 'height') next.width = value * ratio;
    const { left, top, width, height } = next;
    onFrame({ x: left + width / 2, y: top + height / 2, width, height });
  };
  return (
    <div data-part="cropper-fields">
      {fields.map((field) => (
        <NumberField
          key={field}
          label={messages[field]}
          value={Math.round(values[field])}
          disabled={disabled}
          onValue={(value) => apply(field, value)}
        />
      ))}
    </div>
  );
}

interface NumberFieldProps {
  label: string;
  value: number;
  disabled: boolean;
  onValue: (value: number) => void;
}

/** Takes over what was typed when it is left or by Enter; half a number moves nothing. */
function NumberField({ label, value, disabled, onValue }: NumberFieldProps): ReactNode {
  const [typed, setTyped] = useState<string | null>(null);
  const take = (): void => {
    const number = Number(typed);
    setTyped(null);
    if (typed !== null && typed.trim() !== '' && Number.isFinite(number) && number !== value) onValue(number);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (event.key === 'Enter') take();
    else if (way !== undefined) onValue(value + way * (event.shiftKey ? 10 : event.ctrlKey ? 50 : 1));
    else return;
    event.preventDefault();
  };
  return (
    <label data-part="cropper-field">
      <span>{label}</span>
      <input
        type="text"
        inputMode="numeric"
        form=""
        disabled={disabled}
        value={typed ?? String(value)}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={take}
        onKeyDown={onKeyDown}
      />
    </label>
  );
}
