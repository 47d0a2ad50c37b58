/** Lanczos over three lobes from every pixel, in doubles and without any shortcut: slow, and nobody's code but this bench's. */
export function reference(pixels, length, target) {
  const ratio = length / target;
  const lanczos = (x) => {
    if (x === 0) return 1;
    return Math.abs(x) < 3 ? (3 * Math.sin(Math.PI * x) * Math.sin((Math.PI * x) / 3)) / (Math.PI * x) ** 2 : 0;
  };
  const taps = Array.from({ length: target }, (_, index) => {
    const centre = (index + 0.5) * ratio - 0.5;
    const [from, to] = [
      Math.max(0, Math.ceil(centre - 3 * ratio)),
      Math.min(length - 1, Math.floor(centre + 3 * ratio)),
    ];
    const weights = Array.from({ length: to - from + 1 }, (_weight, at) => lanczos((from + at - centre) / ratio));
    const sum = weights.reduce((a, b) => a + b, 0);
    return { from, weights: weights.map((weight) => weight / sum) };
  });
  const middle = new Float64Array(target * length * 3);
  for (let y = 0; y < length; y += 1) {
    taps.forEach(({ from, weights }, x) => {
      for (let channel = 0; channel < 3; channel += 1) {
        let sum = 0;
        for (let at = 0; at < weights.length; at += 1)
          sum += weights[at] * pixels[(y * length + from + at) * 4 + channel];
        middle[(y * target + x) * 3 + channel] = sum;
      }
    });
  }
  const result = new Uint8ClampedArray(target * target * 4);
  taps.forEach(({ from, weights }, y) => {
    for (let x = 0; x < target; x += 1) {
      for (let channel = 0; channel < 3; channel += 1) {
        let sum = 0;
        for (let at = 0; at < weights.length; at += 1)
          sum += weights[at] * middle[((from + at) * target + x) * 3 + channel];
        result[(y * target + x) * 4 + channel] = sum;
      }
      result[(y * target + x) * 4 + 3] = 255;
    }
  });
  return result;
}

/** Structural similarity of brightness, over windows of 8 × 8, stepping by 4. */
export function ssim(a, b, size) {
  const luma = (data, at) => 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2];
  const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2];
  let [total, windows] = [0, 0];
  for (let y = 0; y + 8 <= size; y += 4) {
    for (let x = 0; x + 8 <= size; x += 4) {
      let [sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0];
      for (let dy = 0; dy < 8; dy += 1) {
        for (let dx = 0; dx < 8; dx += 1) {
          const at = ((y + dy) * size + x + dx) * 4;
          const [va, vb] = [luma(a, at), luma(b, at)];
          sa += va;
          sb += vb;
          saa += va * va;
          sbb += vb * vb;
          sab += va * vb;
        }
      }
      const [ma, mb] = [sa / 64, sb / 64];
      const [va, vb, cov] = [saa / 64 - ma * ma, sbb / 64 - mb * mb, sab / 64 - ma * mb];
      total += ((2 * ma * mb + c1) * (2 * cov + c2)) / ((ma * ma + mb * mb + c1) * (va + vb + c2));
      windows += 1;
    }
  }
  return total / windows;
}
