/** The document of the API: valid by the specification's own schema, true of the routes, and nothing that follows it breaks the program. */

import { Validator } from '@seriousme/openapi-schema-validator';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RouteDefinition } from '#src/api/contract/define-route.ts';
import { apiErrors, errorAnswer } from '#src/api/contract/errors.ts';
import { allRoutes } from '#src/api/contract/routes.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { ApiWorld, type Visitor } from './api-world.ts';

let opened: TestDatabase;
let world: ApiWorld;
let ana: Visitor;
beforeAll(async () => {
	opened = await openServerDatabase();
	world = new ApiWorld(opened.database);
	ana = await world.signIn();
});
afterAll(async () => {
	await world.close();
	await opened.close();
});

it('is given to anybody, is valid, and has every route', async () => {
	const { status, body } = await world.visit().call('GET', '/openapi.json');
	expect(status).toBe(200);
	expect(await new Validator().validate(body)).toEqual({ valid: true });
	const { paths } = body as { paths: Record<string, Record<string, { operationId: string }>> };
	const operations = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
	expect(operations.sort()).toEqual(allRoutes.map(({ name }) => name).sort());
});

it('would not be valid without a description of an answer', async () => {
	const document = { openapi: '3.1.0', info: { title: 'x', version: '1' }, paths: { '/x': { get: { responses: { 200: {} } } } } };
	expect(await new Validator().validate(document)).toMatchObject({ valid: false });
});

/** Near to what is meant, and far from it. */
const value = fc.oneof(
	...[fc.uuid(), fc.constantFrom('md', 'json', 'true', 'up', 'down', null, true, false, 0, -1, 2 ** 60), fc.string({ unit: 'binary' })],
	fc.jsonValue({ maxDepth: 2 }),
);
const names = [
	'clientId',
	'text',
	'files',
	'conversationId',
	'newConversation',
	'continuedFrom',
	'title',
	'isPinned',
	'isArchived',
	'readThrough',
];
const body = fc.dictionary(fc.constantFrom(...names, 'rating', 'comment', 'model', 'conversation', 'secret', 'other'), value, {
	maxKeys: 5,
});
const query = fc.dictionary(
	fc.constantFrom('query', 'archived', 'cursor', 'before', 'format', 'conversation', 'x'),
	fc.string({ unit: 'binary' }),
	{ maxKeys: 2 },
);
/** Those that end the session which asks, and the stream, whose answer does not end. */
const left: ReadonlySet<string> = new Set(['signOut', 'endSession', 'liveStream']);
const sent = fc.record({
	route: fc.constantFrom(...allRoutes.filter(({ name }) => !left.has(name))),
	id: fc.oneof(fc.uuid(), fc.string()),
	query,
	body,
});

function bodyFor({ body: given }: RouteDefinition, id: string, fields: object): [body?: unknown, headers?: Record<string, string>] {
	if (given === undefined) return [];
	return given === 'bytes' ? [Buffer.from(JSON.stringify(fields)), { 'x-file-name': encodeURIComponent(id) }] : [fields];
}

it('has an answer of its form for whatever follows it or does not, and never breaks', async () => {
	const property = fc.asyncProperty(sent, async ({ route, id, query: fields, body: fieldsOfBody }) => {
		const path = route.path.replace('{id}', encodeURIComponent(id));
		const search = new URLSearchParams(fields).toString();
		const answered = await ana.call(route.method, `${path}?${search}`, ...bodyFor(route, id, fieldsOfBody));
		if (answered.status === route.answer.status) return;
		const { error } = errorAnswer.strict().parse(answered.body);
		expect([error.code, answered.status]).toEqual([error.code, apiErrors[error.code].status]);
		expect(answered.status).toBeLessThan(500);
	});
	await fc.assert(property, { numRuns: 300, seed: 20261201 });
});
