import {
  type CSSProperties,
  type ElementType,
  type ForwardRefExoticComponent,
  type ReactElement,
  type ReactNode,
  type Ref,
  type RefAttributes,
  cloneElement,
  createElement,
  forwardRef,
  isValidElement,
  useCallback,
} from 'react';
import { type AnyProps, mergeProps } from './merge-props.ts';

/** What a part says about itself: as `data-*` attributes, and to `className`, `style` and `render` functions. */
export type PartState = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** What every part takes beside its element's own attributes. */
export interface PartProps<State extends PartState> {
  className?: string | ((state: State) => string | undefined) | undefined;
  style?: CSSProperties | ((state: State) => CSSProperties | undefined) | undefined;
  /** Another element in place of ours, or a function that makes one of the props and the state. */
  render?: ReactElement | ((props: AnyProps, state: State) => ReactElement) | undefined;
}

/** The attributes of an element, but for those a part understands in its own way. */
export type ElementProps<Tag extends ElementType, State extends PartState> = Omit<
  React.ComponentPropsWithoutRef<Tag>,
  keyof PartProps<PartState>
> &
  PartProps<State>;

/** The one place that forwards refs: React 18 needs `forwardRef`, React 19 would take a prop. */
export function part<Props, Element>(
  name: string,
  component: (props: Props, ref: Ref<Element>) => ReactNode,
): ForwardRefExoticComponent<React.PropsWithoutRef<Props> & RefAttributes<Element>> {
  const Part = forwardRef<Element, Props>((props, ref) => component(props as Props, ref));
  Part.displayName = name;
  return Part;
}

interface PartDescription<State extends PartState, Element> {
  tag: keyof React.JSX.IntrinsicElements;
  /** The value of `data-part`. */
  name: string;
  state: State;
  /** Ours: props the part cannot work without. */
  own?: object;
  /** The user's. */
  given: PartProps<State>;
  refs: readonly [Ref<Element> | undefined, Ref<Element> | undefined];
}

/** One part is one element: joins props, writes the state as attributes, and lets `render` have its way. */
export function usePart<State extends PartState, Element>(description: PartDescription<State, Element>): ReactElement {
  const { tag, name, state, own = {}, given } = description;
  const { className, style, render, ...rest } = given;
  const element = isValidElement<AnyProps>(render) ? render : null;
  const ref = useJoinedRef(description.refs[0], useJoinedRef(description.refs[1], refOf<Element>(element)));
  const resolved = {
    ...rest,
    className: typeof className === 'function' ? className(state) : className,
    style: typeof style === 'function' ? style(state) : style,
  };
  const props: AnyProps = { 'data-part': name, ...dataOf(state), ...mergeProps(own, resolved), ref };
  if (typeof render === 'function') return render(props, state);
  return element === null ? createElement(tag, props) : cloneElement(element, mergeProps(props, element.props));
}

/** True is an empty attribute; false, null and undefined are none. */
function dataOf(state: PartState): AnyProps {
  const attributes = Object.entries(state).flatMap(([name, value]) => {
    if (value === false || value === null || value === undefined) return [];
    const kebab = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return [[`data-${kebab}`, value === true ? '' : String(value)] as const];
  });
  return Object.fromEntries(attributes);
}

function useJoinedRef<Element>(
  first: Ref<Element> | undefined,
  second: Ref<Element> | undefined,
): Ref<Element> | undefined {
  const both = useCallback(
    (node: Element | null) => {
      assign(first, node);
      assign(second, node);
    },
    [first, second],
  );
  if (first === undefined || first === null) return second;
  return second === undefined || second === null ? first : both;
}

function assign<Element>(ref: Ref<Element> | undefined, node: Element | null): void {
  if (typeof ref === 'function') ref(node);
  else if (ref !== null && ref !== undefined) ref.current = node;
}

/** React 19 keeps an element's ref among its props, React 18 beside them. */
function refOf<Element>(element: ReactElement<AnyProps> | null): Ref<Element> | undefined {
  const inProps = element?.props.ref as Ref<Element> | undefined;
  if (inProps !== undefined || element === null) return inProps;
  const beside = Object.getOwnPropertyDescriptor(element, 'ref');
  return beside?.get === undefined ? (beside?.value as Ref<Element> | undefined) : undefined;
}
