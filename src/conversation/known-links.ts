/** Which addresses in one answer may be links: those that its asker, the settings or the program's own sources know. */

import { type LinkRule, readAddresses } from '../markdown/bare-address.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import type { Source } from '../platform/source.ts';
import type { Memory } from './memory.ts';

export interface KnownLinks {
	/** Another one is possible after each of the calls below. Undefined as long as an answer may link to whatever it likes. */
	rule(): LinkRule | undefined;
	/** Hosts that stand in words of the asker. */
	knowWords(text: string): void;
	/** What the answer can cite, what is added later too. */
	knowSources(all: () => readonly Pick<Source, 'url'>[]): void;
	/** The model is given nothing but words of the asker: what it writes of itself may lead anywhere. */
	trust(): void;
	/** It is given more than that from now on. */
	distrust(): void;
	/** No address in the text is a link, whatever else is known: what can be opened stands below it. */
	forbid(): void;
}

export interface KnownLinksParts {
	/** Of the settings: hosts, `*.` and the end of a host, or `*` for all. */
	hosts: readonly string[];
	platform: Pick<ChatPlatform, 'messageAt'>;
	place: Place;
}

/** Knows no words and no sources at first, and trusts nothing. */
export function createKnownLinks({ hosts, platform, place }: KnownLinksParts): KnownLinks {
	const patterns = hosts.map((host) => host.toLowerCase());
	const ofAsker = new Set<string>();
	let sources: () => readonly Pick<Source, 'url'>[] = () => [];
	let [isTrusted, areForbidden] = [false, false];

	const isListed = (host: string) =>
		patterns.some((pattern) => (pattern.startsWith('*') ? host.endsWith(pattern.slice(1)) : host === withoutWww(pattern)));
	const isOfSource = (host: string) => sources().some(({ url }) => url !== null && hostOf(url) === host);

	function mayOpen(address: string): boolean {
		const host = hostOf(address);
		if (host === null || areForbidden) return false;
		return ofAsker.has(host) || isListed(host) || isOfSource(host) || platform.messageAt(address, place) !== null;
	}

	return {
		rule: () => (isTrusted && !areForbidden ? undefined : mayOpen),
		knowWords(text) {
			for (const { address } of readAddresses(text)) {
				const host = hostOf(address);
				if (host !== null) ofAsker.add(host);
			}
		},
		knowSources(all) {
			sources = all;
		},
		trust() {
			isTrusted = true;
		},
		distrust() {
			isTrusted = false;
		},
		forbid() {
			areForbidden = true;
		},
	};
}

/** Whether everything that a model is told of a conversation was said by whoever asks now. What was answered may repeat words of others. */
export function isOwnAlone({ messages, overheard, summary }: Memory): boolean {
	const mark = messages.at(-1)?.speaker?.mark;
	const isOwn = messages.every(({ role, cited, speaker }) => role === 'user' && cited.length === 0 && speaker?.mark === mark);
	return isOwn && overheard.length === 0 && summary === null;
}

/** What the asker of the last message wrote, that message included. */
export function ownWords({ messages }: Pick<Memory, 'messages'>): string[] {
	const mark = messages.at(-1)?.speaker?.mark;
	return messages.filter(({ role, speaker }) => role === 'user' && speaker?.mark === mark).map(({ content }) => content);
}

/** What stands before a host, be it a user name or nothing; some clients take it for a part of the host. */
const USER_NAME = /^[a-z]+:\/+[^/?#]*@/i;

/** Of a web address, or the domain of a mail address; null for anything else, and where something looks like a host that is none. */
function hostOf(address: string): string | null {
	if (!URL.canParse(address)) return null;
	const { protocol, hostname, pathname } = new URL(address);
	if (protocol === 'mailto:') return domainOf(pathname);
	return /^https?:$/.test(protocol) && !USER_NAME.test(address) ? withoutWww(hostname) : null;
}

/** One address and no more: others get copies. */
function domainOf(path: string): string | null {
	const [, domain = ''] = /^[^@,;%]+@([^@,;%]+)$/.exec(path) ?? [];
	return URL.canParse(`http://${domain}`) ? withoutWww(new URL(`http://${domain}`).hostname) : null;
}

function withoutWww(host: string): string {
	return host.replace(/^www\./, '');
}
