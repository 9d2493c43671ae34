/** A picture of a question, in a form and a size that the hosts of models take. Pure. */

import { firstFrameOf, mostGifPixels } from './gif.ts';
import { pictureFacts } from './picture.ts';

/** Each takes up to some thousand tokens of what a model reads. */
export const mostPictures = 4;
/** It goes to a host within JSON, a third longer. Chats send photos of phones in 1 to 5 MB. */
const mostBytes = 5 * 2 ** 20;
/** Unpacked on the host, in three bytes or more each. Most phones take photos of 12 or 24 megapixels. */
const mostPixels = 30_000_000;

export interface SeenPicture {
	bytes: Uint8Array;
	pixels: number;
}

/** Null for what is no picture; else why nobody can look at it. Of a GIF its first frame. */
export function seenPicture(bytes: Uint8Array): SeenPicture | 'corrupt' | 'picture-size' | null {
	const facts = pictureFacts(bytes);
	if (facts === null || facts === 'corrupt') return facts;
	const { kind, width, height } = facts;
	const pixels = width * height;
	if (bytes.length > mostBytes || pixels > (kind === 'gif' ? mostGifPixels : mostPixels)) return 'picture-size';
	if (kind !== 'gif') return { bytes, pixels };
	const frame = firstFrameOf(bytes);
	return frame === null ? 'corrupt' : { bytes: frame, pixels };
}
