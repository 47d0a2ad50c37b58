import { Profiler } from 'react';
import { createRoot } from 'react-dom/client';
import { makePhoto } from '../image/picture.js';
import { croppers } from './croppers.jsx';

let commits = 0;
let file;

globalThis.bench = {
  async make() {
    file = new File([await makePhoto(4000, 3000)], 'photo.jpg', { type: 'image/jpeg' });
  },
  async mount(name) {
    const Cropper = croppers[name];
    const url = URL.createObjectURL(file);
    createRoot(document.querySelector('#stage')).render(
      <Profiler id="cropper" onRender={() => (commits += 1)}>
        <Cropper file={file} url={url} />
      </Profiler>,
    );
    await new Promise((resolve) => setTimeout(resolve, 2500));
  },
  /** Where to drag, and what moves there: whichever of these elements the library has. */
  place() {
    const names = ['[data-part="cropper-stencil"]', '[data-testid="container"]', '.ReactCrop__crop-selection'];
    const others = ['.advanced-cropper-rectangle-stencil', '[data-scope="image-cropper"][data-part="selection"]'];
    const element = [...names, ...others].map((name) => document.querySelector(name)).find((found) => found !== null);
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  },
  /** Everything that a drag may write, to prove that something moved. */
  look: () => document.querySelector('#stage').innerHTML,
  commits: () => commits,
};
