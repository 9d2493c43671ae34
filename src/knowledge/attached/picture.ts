/** What picture a file is, by its content, and how large it is when it is unpacked. Pure. */

/** As vendors of models and chats have them; a name says nothing. */
export type PictureKind = 'png' | 'jpeg' | 'webp' | 'gif';

export interface PictureFacts {
	kind: PictureKind;
	width: number;
	height: number;
}

/** Null for what is no picture of a known kind; 'corrupt' for one that does not say how large it is. */
export function pictureFacts(bytes: Uint8Array): PictureFacts | 'corrupt' | null {
	const kind = pictureKind(bytes);
	if (kind === null) return null;
	const size = sizeReaders[kind](new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
	return size === null || size.width === 0 || size.height === 0 ? 'corrupt' : { kind, ...size };
}

/** The first 12 bytes tell. Null for what is none of these. */
export function pictureKind(bytes: Uint8Array): PictureKind | null {
	const beginning = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
	if (beginning.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
	if (beginning.startsWith('\xff\xd8\xff')) return 'jpeg';
	if (beginning.startsWith('GIF87a') || beginning.startsWith('GIF89a')) return 'gif';
	return beginning.startsWith('RIFF') && beginning.slice(8) === 'WEBP' ? 'webp' : null;
}

interface Size {
	width: number;
	height: number;
}

type SizeReader = (view: DataView) => Size | null;

const sizeReaders: Readonly<Record<PictureKind, SizeReader>> = { png: sizeOfPng, jpeg: sizeOfJpeg, webp: sizeOfWebp, gif: sizeOfGif };

/** "IHDR Image header", W3C PNG: the first chunk. */
function sizeOfPng(view: DataView): Size | null {
	return view.byteLength < 24 ? null : { width: view.getUint32(16), height: view.getUint32(20) };
}

/** "Logical Screen Descriptor", GIF89a. */
function sizeOfGif(view: DataView): Size | null {
	return view.byteLength < 10 ? null : { width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/** ITU-T T.81, B.2.2: the frame header stands behind other segments, each of which tells its length. */
function sizeOfJpeg(view: DataView): Size | null {
	for (let at = 2; at + 9 < view.byteLength; ) {
		if (view.getUint8(at) !== 0xff) return null;
		const marker = view.getUint8(at + 1);
		// Bytes of the same value may fill the room before a marker.
		if (marker === 0xff) {
			at += 1;
			continue;
		}
		if (isFrameHeader(marker)) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
		at += 2 + view.getUint16(at + 2);
	}
	return null;
}

/** SOF0 to SOF15, without the three markers among them that mean something else. */
function isFrameHeader(marker: number): boolean {
	return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** "WebP Container Specification" and RFC 6386 9.1: lossy, lossless, or with further chunks. */
function sizeOfWebp(view: DataView): Size | null {
	if (view.byteLength < 30) return null;
	const chunk = String.fromCharCode(view.getUint8(12), view.getUint8(13), view.getUint8(14), view.getUint8(15));
	if (chunk === 'VP8 ') return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
	if (chunk === 'VP8L') {
		const bits = view.getUint32(21, true);
		return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
	}
	if (chunk !== 'VP8X') return null;
	const threeBytes = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 0x1_0000;
	return { width: threeBytes(24) + 1, height: threeBytes(27) + 1 };
}
