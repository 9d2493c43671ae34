/** The document of the API, OpenAPI 3.1, made from its routes. Pure. */

import { z } from 'zod';
import { apiRoot, type Fields, type RouteBody, type RouteDefinition } from './define-route.ts';
import { type ApiErrorCode, apiErrors, errorAnswer } from './errors.ts';

type Json = Record<string, unknown>;

const product = 'OpenCCB';

/** What any route can answer with. */
const alwaysPossible: readonly ApiErrorCode[] = ['INVALID', 'FORBIDDEN', 'WRONG_HOST', 'RATE_LIMITED', 'INTERNAL', 'UNAVAILABLE'];
const withBody: readonly ApiErrorCode[] = ['TOO_LARGE', 'UNSUPPORTED_TYPE'];

export function openApiDocument(routes: readonly RouteDefinition[], version: string): Json {
	const paths: Record<string, Json> = {};
	for (const route of routes) {
		const path = `${apiRoot}${route.path}`;
		paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
	}
	return {
		openapi: '3.1.0',
		info: { title: product, version, license: { name: 'MIT', identifier: 'MIT' } },
		paths,
		components: {
			schemas: { Error: jsonSchema(errorAnswer, 'output') },
			securitySchemes: {
				session: { type: 'apiKey', in: 'cookie', name: '__Host-ccb' },
				token: {
					type: 'http',
					scheme: 'bearer',
					description: 'A token of the form `ccb_…`, made on the page; its scopes stand beside each route.',
				},
			},
		},
	};
}

function operationOf(route: RouteDefinition): Json {
	const { name, about, variables, query, headers, body, answer } = route;
	const parameters = [...parametersOf(variables, 'path'), ...parametersOf(query, 'query'), ...parametersOf(headers, 'header')];
	return {
		operationId: name,
		summary: about,
		security: securityOf(route),
		...(parameters.length === 0 ? {} : { parameters }),
		...(body === undefined ? {} : { requestBody: { required: true, content: contentOfRequest(body) } }),
		responses: { [answer.status]: { description: answer.about, ...contentOf(answer.body) }, ...errorsOf(route) },
	};
}

/** OpenAPI 3.1 lets a scheme other than OAuth name what its bearer must be allowed. */
function securityOf({ for: admitted, scope }: RouteDefinition): Json[] {
	if (admitted === 'anybody') return [];
	return scope === undefined ? [{ session: [] }] : [{ session: [] }, { token: [scope] }];
}

function contentOfRequest(body: RouteBody): Json {
	if (body === 'bytes') return { 'application/octet-stream': {} };
	return { 'application/json': { schema: jsonSchema(body, 'input') } };
}

function contentOf(body: RouteDefinition['answer']['body']): Json {
	if (body === null) return {};
	if (body === 'file') return { content: { 'application/octet-stream': {} } };
	if (body === 'events') return { content: { 'text/event-stream': {} } };
	return { content: { 'application/json': { schema: jsonSchema(body, 'output') } } };
}

function errorsOf(route: RouteDefinition): Json {
	const codes = [
		...alwaysPossible,
		...(route.for === 'anybody' ? [] : (['UNAUTHENTICATED'] as const)),
		...(route.body === undefined ? [] : withBody),
		...route.errors,
	];
	const content = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } };
	const described = codes.map((code) => [apiErrors[code].status, { description: `${code}: ${apiErrors[code].about}`, content }]);
	return Object.fromEntries(described);
}

function parametersOf(fields: Fields | undefined, where: 'path' | 'query' | 'header'): Json[] {
	if (fields === undefined) return [];
	const { properties = {}, required = [] } = jsonSchema(fields, 'input') as { properties?: Record<string, Json>; required?: string[] };
	return Object.entries(properties).map(([name, schema]) => ({ name, in: where, required: required.includes(name), schema }));
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
	const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io });
	return rest;
}
