import { expect, it } from 'vitest';
import { createClientAddresses, subscriberOf } from '#src/http/client-address.ts';

const read = createClientAddresses(['10.0.0.0/8', '192.0.2.7', 'fd00::/8']);

it.each([
	['nobody in between', '198.51.100.1', undefined, '198.51.100.1'],
	['a stranger who says that it is somebody else', '198.51.100.1', '203.0.113.5', '198.51.100.1'],
	['a proxy of ours', '10.1.2.3', '203.0.113.5', '203.0.113.5'],
	['two of ours', '10.1.2.3', '203.0.113.5, 192.0.2.7', '203.0.113.5'],
	['a client that puts an address before its own', '10.1.2.3', '127.0.0.1, 203.0.113.5', '203.0.113.5'],
	['a proxy over IPv6', 'fd00::1', '2001:db8::5', '2001:db8::5'],
	['a socket for both kinds', '::ffff:10.1.2.3', '203.0.113.5', '203.0.113.5'],
	['a proxy that says what is no address', '10.1.2.3', 'unknown', '10.1.2.3'],
	['a proxy that says nothing', '10.1.2.3', undefined, '10.1.2.3'],
	['a connection that has gone', undefined, '203.0.113.5', ''],
])('is found behind %s', (_name, peer, forwarded, address) => {
	expect(read(peer, forwarded)).toBe(address);
});

it.each([
	['198.51.100.1', '198.51.100.1'],
	['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
	['2001:db8:1:2::6', '2001:db8:1:2::/64'],
	['2001:db8::6', '2001:db8:0:0::/64'],
	['::1', '0:0:0:0::/64'],
])('a flood from %s counts for %s', (address, subscriber) => {
	expect(subscriberOf(address)).toBe(subscriber);
});
