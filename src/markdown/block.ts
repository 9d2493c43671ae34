/** The neutral form of model text between the model and a platform: top-level Markdown blocks that keep their source. */

export type BlockKind = 'paragraph' | 'heading' | 'list' | 'quote' | 'table' | 'code' | 'rule';

/** One top-level block. Adapters turn it into their platform's form; the core cuts and measures. */
export interface Block {
	kind: BlockKind;
	/** The Markdown of this block without trailing line breaks. For code: the whole fence, opening line included. */
	source: string;
	/** Language of a fenced code block, empty otherwise. */
	language: string;
	/** False while the model may still add to this block: an open fence then has no closing line. */
	isComplete: boolean;
}
