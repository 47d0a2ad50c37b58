/** A hard picture: noise in octaves, a zone plate, hard edges and grain. The same on every run. */
export async function makePhoto(width, height) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  const small = new OffscreenCanvas(256, 256);
  let state = 9;
  const roll = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  const noise = small.getContext('2d');
  const grain = noise.createImageData(256, 256);
  for (let at = 0; at < grain.data.length; at += 4) {
    const value = roll() * 255;
    grain.data.set([value, value * 0.8 + 30, 220 - value * 0.7, 255], at);
  }
  noise.putImageData(grain, 0, 0);
  context.imageSmoothingQuality = 'high';
  for (const [size, strength] of [
    [1, 1],
    [3, 0.4],
    [9, 0.14],
  ]) {
    context.globalAlpha = strength;
    const [w, h] = [width / size, height / size];
    for (let x = 0; x < size; x += 1) for (let y = 0; y < size; y += 1) context.drawImage(small, x * w, y * h, w, h);
  }
  context.globalAlpha = 1;
  const rings = context.getImageData(0, 0, width, height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      const far = (x - width / 2) ** 2 + (y - height / 2) ** 2;
      if (far < (height * 0.25) ** 2) {
        const value = 128 + 90 * Math.cos((Math.PI * far) / (height * 3));
        rings.data[at] = (rings.data[at] + value) / 2;
        rings.data[at + 1] = (rings.data[at + 1] + value) / 2;
        rings.data[at + 2] = (rings.data[at + 2] + value) / 2;
      }
      const speck = (((x >> 1) * 7919 + (y >> 1) * 104_729) % 3) - 1;
      if (y % 3 === 0) rings.data[at + 1] += speck;
    }
  }
  context.putImageData(rings, 0, 0);
  context.fillStyle = '#fff';
  for (let stripe = 0; stripe < 40; stripe += 1)
    context.fillRect(width * 0.15 + stripe * 24, height * 0.2, 9, height * 0.1);
  return await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
}
