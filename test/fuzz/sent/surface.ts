/** What a platform shows of one message: every string with the reader that the platform has for it. */

export type SurfaceKind =
	/** Slack's `markdown` block, `markdown_text`. */
	| 'slack-markdown'
	/** Slack's own form: fallback texts, context elements. */
	| 'slack-mrkdwn'
	/** A Teams message with `textFormat: markdown`. */
	| 'teams-text'
	/** A `TextBlock` of an Adaptive Card. */
	| 'card-text'
	| 'discord-content'
	/** Shown as it is: labels of buttons, code of a card. */
	| 'plain'
	/** An address that the platform opens. */
	| 'address';

export interface Surface {
	kind: SurfaceKind;
	text: string;
	/** Of a code element: what a reader would copy. */
	isCode?: boolean;
}

/** One message as somebody sees it at one moment. */
export interface Shown {
	/** `post`, `edit`, `stream`, `end`. */
	moment: string;
	surfaces: Surface[];
}

export interface Json {
	[key: string]: unknown;
}

/** The text of the message itself, without buttons and sources. */
export function mainTextOf(surfaces: readonly Surface[]): string {
	return surfaces.find(({ kind }) => kind === 'slack-markdown' || kind === 'teams-text' || kind === 'discord-content')?.text ?? '';
}

export function asJson(value: unknown): Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

export function asList(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
