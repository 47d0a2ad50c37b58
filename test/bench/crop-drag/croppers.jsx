import * as zag from '@zag-js/image-cropper';
import { normalizeProps, useMachine } from '@zag-js/react';
import { useId, useState } from 'react';
import { Cropper as AdvancedCropper } from 'react-advanced-cropper';
import 'react-advanced-cropper/dist/style.css';
import EasyCrop from 'react-easy-crop';
import 'react-easy-crop/react-easy-crop.css';
import ImageCrop from 'react-image-crop';
import 'react-image-crop/dist/ReactCrop.css';
import { Cropper } from '../../../src/index.ts';
import '../../../src/components/styles.css';

function Easy({ url }) {
  const [crop, setCrop] = useState({ x: 0, y: 0 });
  const [zoom, setZoom] = useState(1.5);
  return <EasyCrop image={url} crop={crop} zoom={zoom} aspect={1} onCropChange={setCrop} onZoomChange={setZoom} />;
}

function Boxed({ url }) {
  const [crop, setCrop] = useState({ unit: '%', x: 30, y: 30, width: 40, height: 40 });
  return (
    <ImageCrop crop={crop} aspect={1} onChange={(_, percent) => setCrop(percent)}>
      <img src={url} alt="" style={{ width: 480 }} />
    </ImageCrop>
  );
}

function Zag({ url }) {
  const service = useMachine(zag.machine, { id: useId(), aspectRatio: 1 });
  const api = zag.connect(service, normalizeProps);
  return (
    <div {...api.getRootProps()}>
      <div {...api.getViewportProps()} style={{ ...api.getViewportProps().style, width: 480, height: 360 }}>
        <img {...api.getImageProps()} src={url} alt="" style={{ ...api.getImageProps().style, width: '100%' }} />
        <div {...api.getSelectionProps()} />
      </div>
    </div>
  );
}

/** Each in the state in which a drag from the middle moves something. */
export const croppers = {
  slipway: ({ file }) => <Cropper source={file} aspect={1} defaultValue={zoomed} />,
  'react-easy-crop': Easy,
  'react-image-crop': Boxed,
  'react-advanced-cropper': ({ url }) => (
    <AdvancedCropper src={url} stencilProps={{ aspectRatio: 1 }} style={{ width: 480, height: 480 }} />
  ),
  zag: Zag,
};

const zoomed = {
  version: 1,
  rect: { x: 0.25, y: 0.25, width: 0.375, height: 0.5 },
  quarterTurns: 0,
  angle: 0,
  flipX: false,
  flipY: false,
};
