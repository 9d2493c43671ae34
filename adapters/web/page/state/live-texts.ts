/** Answers that are being written, piece by piece as the live stream tells of them. Pure. */

import type { LiveStreamEvents } from '#src/api/contract/live.ts';

export interface LiveText {
	messageId: string;
	/** The row that it becomes; null for words that belong to none. */
	answerId: string | null;
	epoch: number;
	text: string;
}

/** As many as the server takes. */
const mostHeld = 5;

/** Null where something before this piece is missing. */
export function withPiece(texts: readonly LiveText[], piece: LiveStreamEvents['answer']): readonly LiveText[] | null {
	const { messageId, answerId, epoch, from, text } = piece;
	const known = texts.find((one) => one.messageId === messageId);
	if (piece.isRemoved) return known === undefined ? texts : texts.filter((one) => one !== known);
	if (known !== undefined && epoch < known.epoch) return texts;
	const before = known?.text ?? '';
	if (from > before.length) return null;
	const next = { messageId, answerId, epoch, text: before.slice(0, from) + text };
	return known === undefined ? [...texts, next] : texts.map((one) => (one === known ? next : one));
}

/** What the server is told that the page has: from there it goes on. */
export function heldOf(texts: readonly LiveText[]): string[] {
	return texts.slice(-mostHeld).map(({ messageId, epoch, text }) => `${messageId}.${epoch}.${text.length}`);
}
