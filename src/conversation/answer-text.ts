/** Between model and reply: the one place where the text of an answer is checked and changed before anybody sees it. */

import type { Reply } from '../delivery/reply.ts';
import { createTextCleaner } from '../markdown/clean.ts';

export interface AnswerText {
	/** Takes what the model says, as it comes. */
	push(delta: string): void;
	/** What the model says next stands apart: it has called tools in between. What was held back of this stretch comes. */
	endStretch(): void;
	/** What the model has said since the last stretch was not meant for the reader: neither shown any longer nor remembered. */
	retract(): void;
	/** What the reader shall see. */
	readonly text: string;
	/** The part of it that the model has said since the last stretch. */
	readonly stretch: string;
}

export interface AnswerTextParts {
	reply: Pick<Reply, 'append' | 'retract'>;
	/** Called before each piece that there is to see. */
	onText(): void;
}

export function createAnswerText({ reply, onText }: AnswerTextParts): AnswerText {
	let cleaner = createTextCleaner();
	/** Of earlier stretches, with the line that sets the next one apart. */
	let before = '';
	let stretch = '';

	function show(clean: string): void {
		// Blanks before the first word are nothing to see: an answer of blanks alone must not look like a beginning.
		const visible = stretch === '' ? clean.trimStart() : clean;
		if (visible === '') return;
		onText();
		reply.append(stretch === '' && before !== '' ? `\n\n${visible}` : visible);
		stretch += visible;
	}

	const whole = () => (before === '' || stretch === '' ? before + stretch : `${before}\n\n${stretch}`);

	return {
		push: (delta) => show(cleaner.push(delta)),
		endStretch() {
			show(cleaner.end());
			before = whole();
			stretch = '';
		},
		retract() {
			cleaner = createTextCleaner();
			stretch = '';
			reply.retract();
			if (before !== '') reply.append(before);
		},
		get text() {
			return whole();
		},
		get stretch() {
			return stretch;
		},
	};
}
