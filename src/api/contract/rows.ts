/** What stands behind an answer from a company's database: the statement that was sent, and all of its rows. */

import { z } from 'zod';
import { defineRoute } from './define-route.ts';

const statement = z.object({
	/** The name of the connector. */
	connector: z.string(),
	sql: z.string(),
});
export type StatementView = z.infer<typeof statement>;

const answerId = z.strictObject({ id: z.uuid() });

export const readStatement = defineRoute({
	name: 'readStatement',
	method: 'GET',
	path: '/answers/{id}/statement',
	about: 'What was sent to a company’s database for an answer to this person, as long as they may ask it.',
	for: 'whoever is signed in',
	variables: answerId,
	answer: { status: 200, about: 'The statement.', body: statement },
	errors: ['NOT_FOUND'],
});

export const saveRows = defineRoute({
	name: 'saveRows',
	method: 'GET',
	path: '/answers/{id}/rows',
	about: 'Asks a company’s database once more what an answer to this person asked it, under the rights that they have now.',
	for: 'whoever is signed in',
	variables: answerId,
	answer: { status: 200, about: 'All rows, as CSV.', body: 'file' },
	errors: ['NOT_FOUND', 'CONFLICT'],
});

export const saveLinkedRows = defineRoute({
	name: 'saveLinkedRows',
	method: 'POST',
	path: '/rows',
	about: 'As `saveRows`, by a link from the chat: for the account that the link was given to, under the rights that it has now.',
	for: 'anybody',
	body: z.strictObject({ signed: z.string().max(2_000) }),
	answer: { status: 200, about: 'All rows, as CSV.', body: 'file' },
	errors: ['NOT_FOUND', 'CONFLICT', 'FORBIDDEN'],
});
