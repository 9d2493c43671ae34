/** Where the reader's eyes go when what they read has changed: nowhere, unless they asked, or had gone to the very end themselves. Pure. */

/** What is shown in the frame. */
export interface ReadingShown {
	/** Of the conversation. */
	name: string;
	/** The first message; empty for none. */
	first: string;
	/** How many questions were sent from here. */
	asked: number;
	/** Of all that can be scrolled through, in pixels. */
	width: number;
	height: number;
}

/** `question`: the last question comes to the top. `byPixels`: so much came in above what is being read. */
export type ReadingMove = 'question' | 'beginning' | 'end' | 'none' | { byPixels: number };

/** @param follows Whether they had gone to the very end. */
export function moveFor(before: ReadingShown, now: ReadingShown, follows: boolean): ReadingMove {
	if (before.asked !== now.asked) return 'question';
	if (before.name !== now.name || follows) return now.first === '' ? 'beginning' : 'end';
	return before.first !== '' && before.first !== now.first ? { byPixels: now.height - before.height } : 'none';
}

/** Whether text came in below, where they do not see it: the same text in a narrower window is none. */
export function isMoreBelow(before: ReadingShown, now: ReadingShown, move: ReadingMove): boolean {
	return move === 'none' && now.width === before.width && now.height > before.height;
}
