/** Pictures made smaller before they travel: a phone's photo of 8 MB becomes some 300 KB. */

const LONGEST_SIDE = 2048;
const QUALITY = 0.85;

export class NotAPicture extends Error {}

/** Turned upright as its EXIF says, at most 2,048 pixels a side, JPEG. */
export async function shrink(file: Blob): Promise<Blob> {
  const bitmap = await decode(file);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const blob = await draw(width, height, (context) => context.drawImage(bitmap, 0, 0, width, height));
  bitmap.close();
  return blob;
}

/** The square with this corner and side, in the picture's own pixels, as a picture of its own. */
export async function cutSquare(file: Blob, left: number, top: number, side: number, size = 512): Promise<Blob> {
  const bitmap = await decode(file);
  const blob = await draw(size, size, (context) => context.drawImage(bitmap, left, top, side, side, 0, 0, size, size));
  bitmap.close();
  return blob;
}

async function decode(file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    throw new NotAPicture();
  }
}

function draw(width: number, height: number, paint: (context: CanvasRenderingContext2D) => void): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) throw new NotAPicture();
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  paint(context);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new NotAPicture())), 'image/jpeg', QUALITY),
  );
}
