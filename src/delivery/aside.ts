/** What a reply says beside its text while something is waited for: in the place of a text that has not come yet, or below it. */

export interface Aside {
	announce(sentence: string): void;
	remark(sentence: string): void;
	/** A message was made for it, so the text can only be edited in. */
	isAnnounced(): boolean;
	/** It has to go away again, so it cannot stand in a stream. */
	isRemarked(): boolean;
	/** What was put last is on show. */
	isShown(hasText: boolean): boolean;
	/** The text and what stands beside it, which counts as shown from now on. */
	showWith(text: string, hasText: boolean): string;
	/** Nobody knows what is on show. */
	lose(): void;
}

export function createAside(): Aside {
	let announcement = '';
	let remark = '';
	let shown = '';
	return {
		announce(sentence) {
			announcement = sentence;
		},
		remark(sentence) {
			remark = sentence;
		},
		isAnnounced: () => announcement !== '',
		isRemarked: () => remark !== '',
		isShown: (hasText) => shown === (hasText ? remark : announcement),
		showWith(text, hasText) {
			shown = hasText ? remark : announcement;
			return hasText ? [text, remark].filter((part) => part !== '').join('\n\n') : announcement;
		},
		lose() {
			shown = '';
		},
	};
}
