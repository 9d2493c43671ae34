/** Which hosts a label names, and whether they are where the link leads. A rule of its own, apart from the one that is tested. */

/** Endings that nobody takes for anything but a host's. Names of files (`.js`, `.md`, `.txt`) are not among them. */
const endings = new Set(
	'com org net edu gov mil int info biz app dev cloud bank shop online site de es fr uk us eu io ai ru cn'.split(' '),
);

/** One word that reads like a host or an address, from its beginning. */
const ADDRESS =
	/^(?:([a-z][a-z0-9+.-]*):)?(\/{1,3}|\\{1,3})?(?:[^\s/?#]*@)?((?:[\p{L}\p{N}_-]+\.)+[\p{L}\p{N}-]{2,})\.?(?:[:/?#!.,].*)?$/iu;
const SEPARATOR = /[\s<>()[\]{}"'“”‘’«»,;|=+]+/;

/** Everything that is not seen, or changes nothing about how a name looks; U+FEFF too, which patterns take for blank space. */
const UNSEEN = /(?![ \t\n])[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/gu;

/** The hosts that somebody would read in a label, in lower case. */
export function hostsNamedBy(label: string): string[] {
	const seen = label
		.normalize('NFKC')
		.replace(UNSEEN, '')
		.replace(/[*_~`\\]/g, '')
		.replace(/[\u3002\uff61]/g, '.');
	return seen.split(SEPARATOR).flatMap((word) => {
		const [, scheme, slashes = '', host] = ADDRESS.exec(word.replace(/^[^\p{L}\p{N}/]+/u, '')) ?? [];
		if (host === undefined) return [];
		const isAddress = slashes.length > 1 || /^https?$/i.test(scheme ?? '') || /^www\.[^.]+\./i.test(host);
		const ending = host.slice(host.lastIndexOf('.') + 1).toLowerCase();
		return isAddress || (slashes === '' && endings.has(ending)) ? [toHost(host)] : [];
	});
}

/** The host that is contacted, or the domain of a mail address; null for what has none that could be reached. */
export function hostOf(href: string): string | null {
	if (!URL.canParse(href)) return null;
	const { protocol, hostname, pathname } = new URL(href);
	if (protocol !== 'mailto:') return /^(?:[\p{L}\p{N}._-]+|\[.*\])$/u.test(hostname) ? hostname : null;
	const domain = /@([\p{L}\p{N}.-]+)$/u.exec(pathname)?.[1];
	return domain === undefined ? null : toHost(domain);
}

/** Whether the two are one, or one belongs to the other: `good.com` and `login.good.com`. */
export function isSameHost(one: string, other: string): boolean {
	const [first, second] = [withoutWww(one), withoutWww(other)];
	return first === second || first.endsWith(`.${second}`) || second.endsWith(`.${first}`);
}

function toHost(host: string): string {
	return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : host.toLowerCase();
}

function withoutWww(host: string): string {
	return host.replace(/^www\./, '');
}
