/** Where a crop lies, how it moves and how it looks: pure, without DOM, in pixels of the source. */
export * from './geometry/contain.ts';
export * from './geometry/edit.ts';
export * from './geometry/frame.ts';
export * from './geometry/read-state.ts';
export * from './geometry/resize.ts';
export * from './geometry/view.ts';
