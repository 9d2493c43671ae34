/** Draws the bot's mark: a speech bubble with an answer that is being written, two lines and a cursor. */

import { encodePng } from './png.ts';

type Colour = readonly [red: number, green: number, blue: number];
type Shape = (x: number, y: number) => boolean;

/** Dark blue, the colour that the bot has everywhere. */
export const brandColour = '#1f2a44';

const background: Colour = [0x1f, 0x2a, 0x44];
const white: Colour = [0xff, 0xff, 0xff];
const cursorColour: Colour = [0x2f, 0x80, 0xed];

/** The mark is drawn on a grid of 32 by 32, so that the edges of the small icon lie on pixels. */
const middle = 16;
/** A pixel is the mean of 8 × 8 points, which makes smooth edges. */
const pointsPerSide = 8;

/** 192 × 192, in full colour; the mark keeps within the middle 120 × 120, since Teams cuts the corners ("Design your app icon"). */
export function colourIcon(): Uint8Array {
	const colourAt = (x: number, y: number) => {
		if (cursor(x, y)) return cursorColour;
		return bubble(0)(x, y) && !lines(x, y) ? white : background;
	};
	return draw({ sizePixels: 192, pixelsPerUnit: 4.75, colourAt });
}

/** 32 × 32, white on transparent. */
export function outlineIcon(): Uint8Array {
	const isDrawn: Shape = (x, y) => (bubble(0)(x, y) && !bubble(2)(x, y)) || lines(x, y) || cursor(x, y);
	return draw({ sizePixels: 32, pixelsPerUnit: 1, colourAt: (x, y) => (isDrawn(x, y) ? white : null) });
}

/** @param colourAt In units of the mark's grid; null is transparent. */
function draw(icon: { sizePixels: number; pixelsPerUnit: number; colourAt: (x: number, y: number) => Colour | null }): Uint8Array {
	const { sizePixels, pixelsPerUnit, colourAt } = icon;
	const unitsAt = (pixel: number, point: number) => (pixel + (point + 0.5) / pointsPerSide - sizePixels / 2) / pixelsPerUnit + middle;
	const pixels = new Uint8Array(sizePixels * sizePixels * 4);
	for (let pixel = 0; pixel < sizePixels * sizePixels; pixel += 1) {
		const points: (Colour | null)[] = [];
		for (let point = 0; point < pointsPerSide * pointsPerSide; point += 1) {
			const x = unitsAt(pixel % sizePixels, point % pointsPerSide);
			const y = unitsAt(Math.floor(pixel / sizePixels), Math.floor(point / pointsPerSide));
			points.push(colourAt(x, y));
		}
		pixels.set(mean(points), pixel * 4);
	}
	return encodePng(sizePixels, pixels);
}

function mean(points: readonly (Colour | null)[]): [...Colour, alpha: number] {
	const drawn = points.filter((point) => point !== null);
	const channel = (index: 0 | 1 | 2) => Math.round(drawn.reduce((sum, colour) => sum + colour[index], 0) / Math.max(1, drawn.length));
	return [channel(0), channel(1), channel(2), Math.round((255 * drawn.length) / points.length)];
}

/** A rounded rectangle with a tail at the lower left, every edge moved inwards by `inset`. */
function bubble(inset: number): Shape {
	const body = roundedRectangle({ left: 4 + inset, top: 5 + inset, right: 28 - inset, bottom: 22 - inset, radius: 5 - inset });
	const tailSlope = Math.SQRT2 * inset;
	// Its upper edge lies inside the body, so only the other two move.
	const tail: Shape = (x, y) => x >= 9 + inset && y >= 18 && x + y <= 37 - tailSlope;
	return (x, y) => body(x, y) || tail(x, y);
}

function lines(x: number, y: number): boolean {
	return upperLine(x, y) || lowerLine(x, y);
}

const upperLine = roundedRectangle({ left: 9, top: 10, right: 23, bottom: 12, radius: 1 });
const lowerLine = roundedRectangle({ left: 9, top: 15, right: 16, bottom: 17, radius: 1 });
const cursor = roundedRectangle({ left: 18, top: 14, right: 20, bottom: 18, radius: 0 });

function roundedRectangle(bounds: { left: number; top: number; right: number; bottom: number; radius: number }): Shape {
	const { left, top, right, bottom, radius } = bounds;
	return (x, y) => {
		const beyondX = Math.max(left + radius - x, 0, x - (right - radius));
		const beyondY = Math.max(top + radius - y, 0, y - (bottom - radius));
		return beyondX * beyondX + beyondY * beyondY <= radius * radius;
	};
}
