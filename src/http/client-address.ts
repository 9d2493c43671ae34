/** From which address a request comes, also through proxies: a proxy that nobody named could be anybody. Pure. */

import { BlockList, isIP } from 'node:net';

/** @param trusted addresses, and networks such as `10.0.0.0/8`. */
export function createClientAddresses(trusted: readonly string[]): (peer: string | undefined, forwardedFor: string | undefined) => string {
	const proxies = new BlockList();
	for (const network of trusted) {
		const [address = '', prefix] = network.split('/');
		const family = familyOf(address);
		proxies.addSubnet(address, prefix === undefined ? (family === 'ipv4' ? 32 : 128) : Number(prefix), family);
	}
	const isTrusted = (address: string) => isIP(address) !== 0 && proxies.check(address, familyOf(address));

	/** The nearest that no proxy of ours vouches for. Each proxy adds its client at the end, and what stands before that may be anything. */
	return (peer = '', forwardedFor = '') => {
		let address = plain(peer);
		for (const hop of forwardedFor.split(',').reverse()) {
			const client = plain(hop.trim());
			if (!isTrusted(address) || isIP(client) === 0) break;
			address = client;
		}
		return address;
	};
}

/** Whom a flood is counted for: a subscriber has a whole /64 of IPv6. */
export function subscriberOf(address: string): string {
	if (isIP(address) !== 6) return address;
	const [head = '', tail] = address.split('::');
	const groups = head === '' ? [] : head.split(':');
	const filled = tail === undefined ? groups : [...groups, ...Array.from({ length: 8 }, () => '0')];
	return `${filled.slice(0, 4).join(':')}::/64`;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
	return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

/** Of an IPv4 address as a socket for both has it. */
function plain(address: string): string {
	return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
