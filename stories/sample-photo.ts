/** A landscape, drawn here: stories bring no picture files and need no network. */
export async function samplePhoto(width = 1600, height = 1200, name = 'beach.jpg'): Promise<File> {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas here');
  const sky = context.createLinearGradient(0, 0, 0, height * 0.6);
  sky.addColorStop(0, '#2b6cb0');
  sky.addColorStop(1, '#fbd5a5');
  context.fillStyle = sky;
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#fff3c4';
  context.beginPath();
  context.arc(width * 0.68, height * 0.34, height * 0.09, 0, 2 * Math.PI);
  context.fill();
  const hills = ['#4a5d8c', '#3b4a72', '#2f5d50', '#244a3f'];
  for (const [layer, colour] of hills.entries()) {
    context.fillStyle = colour;
    context.beginPath();
    context.moveTo(0, height);
    for (let x = 0; x <= width; x += 8) {
      const wave = Math.sin(x / (90 + layer * 47) + layer * 2) + 0.5 * Math.sin(x / (37 + layer * 11));
      context.lineTo(x, height * (0.56 + layer * 0.1) + wave * height * 0.045);
    }
    context.lineTo(width, height);
    context.fill();
  }
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', 0.9);
  });
  if (blob === null) throw new Error('the canvas gave no file');
  return new File([blob], name, { type: 'image/jpeg' });
}
