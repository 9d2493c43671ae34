import { expect, it } from 'vitest';
import { createCookie } from '#src/http/cookies.ts';

it('carries the prefix that keeps subdomains out over https, and none on plain http', () => {
	expect(createCookie('ccb', 'https://bot.example.com').write('a', 60)).toBe(
		'__Host-ccb=a; Max-Age=60; Path=/; HttpOnly; SameSite=Lax; Secure',
	);
	expect(createCookie('ccb', 'http://localhost:3000').clear()).toBe('ccb=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax');
});

it.each([
	[undefined, null],
	['', null],
	['other=1', null],
	['ccb=plain', null],
	['x=1; __Host-ccb=abc; y=2', 'abc'],
	['__Host-ccb=a=b', 'a=b'],
	['__Host-ccb=a; __Host-ccb=b', null],
])('reads %j as %j', (header, value) => {
	expect(createCookie('ccb', 'https://bot.example.com').read(header)).toBe(value);
});
