/** What somebody was typing, conversation by conversation. */

import type { Kept } from './kept.ts';

export interface Drafts {
	read(conversation: string): string;
	write(conversation: string, text: string): void;
}

/** The latest; who leaves more behind looks for none of them. */
const mostDrafts = 50;
const name = 'drafts';

export function createDrafts(kept: Kept): Drafts {
	/** The one that was written last comes last. */
	const readAll = () => {
		const drafts = kept.read(name);
		return Array.isArray(drafts) ? drafts.filter(isDraft) : [];
	};
	return {
		read: (conversation) => readAll().find(([key]) => key === conversation)?.[1] ?? '',
		write(conversation, text) {
			const others = readAll().filter(([key]) => key !== conversation);
			kept.write(name, text === '' ? others : [...others, [conversation, text]].slice(-mostDrafts));
		},
	};
}

function isDraft(value: unknown): value is [string, string] {
	return Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string');
}
