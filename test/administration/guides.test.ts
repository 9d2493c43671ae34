/** The weeks of administrators in the guides: every order in them is one, in the words of its language. */

import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { readAdminCommand } from '#src/administration/admin-commands.ts';

it.each([
	['guide.md', 'admin', '## Every command'],
	['guia.md', 'administrar', '## Todos los comandos'],
])('%s names orders that there are', async (file, command, end) => {
	const text = await readFile(new URL(`../../docs/${file}`, import.meta.url), 'utf8');
	const week = text.slice(0, text.indexOf(end));
	const orders = [...week.matchAll(new RegExp(`\`${command} ([^\`]+)\``, 'g'))].map(([, order = '']) => order);
	expect(orders.length).toBeGreaterThan(20);
	expect(orders.filter((order) => 'problem' in readAdminCommand(order))).toEqual([]);
});
