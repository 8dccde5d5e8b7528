/** Pictures over the whole screen, to be swiped and pinched. A part of its own: fetched by the first tap. */
import { showImagePreview } from 'vant';
import 'vant/es/image-preview/style/index.mjs';
import '@/styles/vant.css';

export function preview(images: string[], start: number, onChange: (index: number) => void): void {
  showImagePreview({ images, startPosition: start, closeOnPopstate: true, loop: false, onChange });
}
