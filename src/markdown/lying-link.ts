/** Judges a link by what its reader sees: the address, the label, and the words right behind it. */

import { namesAnotherHost } from './label.ts';

/** The longest host has 253 characters ("Domain names", RFC 1035); a note behind a link is that, a blank and two parentheses. */
const noteCharacters = 260;

const allowed = /^(?:https?|mailto):/i;

export interface SeenLink {
	/** The address that is opened, escapes and references decoded. */
	href: string;
	label: string;
	/** What stands behind the link in the same paragraph. */
	following: string;
}

/** Whether a link must not be pressed: it leads nowhere good, or elsewhere than its label says, with no host behind it that tells. */
export function isLying({ href, label, following }: SeenLink): boolean {
	const host = allowed.test(href) ? hostOf(href) : null;
	if (host === null) return true;
	if (following.slice(0, noteCharacters).startsWith(` (${host.name})`)) return false;
	return host.isDisguised || (label !== href && `mailto:${label}` !== href && namesAnotherHost(label, host.name));
}

/** `isDisguised`: what stands before the host may look like one. */
function hostOf(href: string): { name: string; isDisguised: boolean } | null {
	if (!URL.canParse(href)) return null;
	const { protocol, hostname, pathname, username, password } = new URL(href);
	if (protocol !== 'mailto:') return { name: hostname, isDisguised: username !== '' || password !== '' };
	const domain = pathname.slice(pathname.lastIndexOf('@') + 1);
	return { name: URL.canParse(`http://${domain}`) ? new URL(`http://${domain}`).hostname : domain, isDisguised: false };
}
