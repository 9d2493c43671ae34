/** What an answer draws on: small lines below the text, and buttons that are links for those that find no room there. Pure. */

import { namesAnotherHost } from '#src/markdown/label.ts';
import { makeInlineSafe } from '#src/markdown/safe-inline.ts';
import type { Source } from '#src/platform/chat-platform.ts';
import { writeAddressLink } from './link.ts';
import { escapeMarkdown } from './plain.ts';

export interface ShownSources {
	/** The text with as many sources below it as fit. */
	content: string;
	/** Buttons for the others. */
	buttons: Record<string, unknown>[];
}

/** "Component Reference": labels of 80 characters, addresses of 512. */
const labelCharacters = 80;
const addressCharacters = 512;
const buttonType = 2;
const linkStyle = 5;

/** @param limit The most characters that the content may have. */
export function showSources(text: string, sources: readonly Source[], limit: number): ShownSources {
	let content = text;
	const buttons: Record<string, unknown>[] = [];
	for (const source of sources) {
		const address = toAddress(source.url);
		const longer = `${content}${content === text ? '\n\n' : '\n'}${toLine(source, address)}`.trimStart();
		if (buttons.length === 0 && longer.length <= limit) content = longer;
		else if (address !== null && address.length <= addressCharacters) buttons.push(toButton(source, address));
	}
	return { content, buttons };
}

/** `[1] title`, small, the title as a link where there is one. */
function toLine({ position, title }: Source, address: string | null): string {
	const label = escapeMarkdown(title.slice(0, labelCharacters).toWellFormed().replace(/\s+/g, ' ')).replaceAll(']', '\\]');
	const link = `[${label}](<${address}>)`;
	return makeInlineSafe(`-# [${position}] ${address === null ? label : (writeAddressLink(link, { before: ' ', after: '' }) ?? link)}`);
}

function toButton({ position, title }: Source, url: string): Record<string, unknown> {
	const { hostname } = new URL(url);
	const mark = `[${position}] `;
	// A title that was cut may name another host than it did.
	const seen = title.slice(0, labelCharacters - mark.length);
	const label = `${mark}${namesAnotherHost(seen, hostname) ? hostname : seen}`.slice(0, labelCharacters);
	return { type: buttonType, style: linkStyle, label: label.toWellFormed(), url };
}

function toAddress(url: string | null): string | null {
	if (url === null || !URL.canParse(url)) return null;
	const { protocol, href } = new URL(url);
	return /^https?:$/.test(protocol) ? href.replaceAll('|', '%7C').replaceAll('>', '%3E') : null;
}
