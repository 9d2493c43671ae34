import { expect, it } from 'vitest';
import { limitTerms } from '#src/administration/limit-terms.ts';
import { orderEndings } from '#src/administration/order-endings.ts';

const roles = ['employee', 'admin'];

it.each(['', 'gr', 'role', 'dance with', '"grant" '])('after “%s” come the names of all orders', (typed) => {
	const endings = orderEndings(typed, roles);
	expect(endings).toContain('grant');
	expect(endings).toContain('role create');
});

it.each([
	['grant Ana ', ['grant Ana employee', 'grant Ana admin']],
	['grant "Ana Pérez" em', ['grant "Ana Pérez" employee', 'grant "Ana Pérez" admin']],
	['role drop ', ['role drop employee', 'role drop admin']],
	['limit  em', ['limit  employee', 'limit  admin']],
	['limit employee ', limitTerms.map((term) => `limit employee ${term}`)],
	['limit employee to', limitTerms.map((term) => `limit employee ${term}`)],
	['grant ', []],
	['roles ', []],
	['grant Ana admin ', []],
])('after “%s” comes what the next word can be', (typed, endings) => expect(orderEndings(typed, roles)).toEqual(endings));
