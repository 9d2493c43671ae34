/** Everything that somebody could press in a surface: links and images as its readers have them, and addresses that clients link as they stand. */

import MarkdownIt from 'markdown-it';
import type { Surface } from '../sent/surface.ts';
import type { Token } from './reading.ts';
import { readingsOf } from './surfaces.ts';

/** The endings that the tests use, beside those that it knows. */
const { linkify } = new MarkdownIt({ linkify: true });
linkify.tlds(['example', 'zip', 'xyz', 'ai', 'app', 'dev'], true);
linkify.set({ fuzzyLink: true, fuzzyEmail: true, fuzzyIP: true });

/** Whatever begins so is a link for some client, whatever stands before it. */
const WEB_ADDRESS = /(?:https?:\/\/[\p{L}\p{N}[]|www\.[\p{L}\p{N}])[^\s<>"`]*/giu;

/** Those that lead to hosts which are not known, or below one that is. What leads nowhere for a browser is no link. */
export function foreignLinksOf(surface: Surface, known: readonly string[]): string[] {
	return liveLinksOf(surface).filter((link) => {
		const address = (/^[a-z][a-z0-9+.-]*:/i.test(link) ? link : `https://${link.replace(/^\/\//, '')}`).replace(/\.+$/, '');
		if (!URL.canParse(address) || !/^(?:https?|mailto):/i.test(address) || /\p{S}/u.test(address.replace(/[=+~|$^`<>]/g, ''))) return false;
		const host = reachedBy(address);
		// What cannot be told from the name of a file is left as it is.
		const isFile = /^[^.]+\.(?:md|ca)$/.test(host);
		const isName = /^[\p{L}\p{N}_-][\p{L}\p{N}._-]*$/u.test(host);
		return isName && !isFile && !known.some((one) => host === one || host.endsWith(`.${one}`));
	});
}

function reachedBy(address: string): string {
	const { protocol, hostname, pathname } = new URL(address);
	return protocol === 'mailto:' ? pathname.slice(pathname.lastIndexOf('@') + 1).toLowerCase() : hostname;
}

function liveLinksOf(surface: Surface): string[] {
	if (surface.kind === 'address') return [surface.text];
	// In Slack's own form, of fallbacks and of sources, addresses are linked between brackets alone.
	const find = surface.kind === 'slack-mrkdwn' ? () => [] : addressesIn;
	return readingsOf(surface).flatMap((tokens) => linksIn(tokens, find));
}

function linksIn(tokens: readonly Token[], find: (text: string) => string[]): string[] {
	const links: string[] = [];
	let isWithin = false;
	let text = '';
	for (const token of [...tokens, { kind: 'border' } as const]) {
		if (token.kind === 'text' && !isWithin) {
			text += token.text;
			continue;
		}
		links.push(...find(text));
		text = '';
		if (token.kind === 'link' || token.kind === 'image') links.push(token.href);
		if (token.kind === 'link' || token.kind === 'link-end') isWithin = token.kind === 'link';
	}
	return links;
}

function addressesIn(text: string): string[] {
	const found = linkify.match(text) ?? [];
	return [...found.map(({ url }) => url), ...Array.from(text.matchAll(WEB_ADDRESS), ([address]) => address)];
}
