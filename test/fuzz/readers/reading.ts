/** What a reader of Markdown makes of a text: a flat run of tokens, the same for every reader. */

export type Token =
	| { kind: 'text'; text: string }
	/** A code span, or a fence, whose last line break is not part of it. */
	| { kind: 'code'; text: string }
	/** A tag or a comment, where the reader knows HTML. */
	| { kind: 'html'; text: string }
	| { kind: 'link'; href: string }
	| { kind: 'link-end' }
	| { kind: 'image'; href: string }
	/** A mention, a broadcast or a command that the reader resolves. */
	| { kind: 'ping'; text: string }
	/** The border of two paragraphs, items or cells: nothing joins across it. */
	| { kind: 'border' };

export type Read = (text: string) => Token[];
