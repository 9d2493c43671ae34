/** Where the program listens: for the chat platforms, and for whoever operates it. */

import { z } from 'zod';
import { integer } from './setting-types.ts';
import { defineSettings } from './slice.ts';

export const httpSettings = defineSettings({
	variables: {
		HOST: z
			.string()
			.min(1)
			.default('127.0.0.1')
			.describe('Address to listen on. Behind a proxy on another machine or in a container: 0.0.0.0'),
		PORT: integer(0, 65_535, 3000).describe('Port to listen on; 0 takes any free one'),
		OPENCCB_DOMAIN: z
			.string()
			.regex(/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/i, 'must be a name such as bot.example.com, without https://')
			.optional()
			.describe(
				'Name under which the platforms reach the program. The proxy gets a certificate for it, and `npm run doctor` looks at that',
			),
	},
	group: ({ HOST, PORT, OPENCCB_DOMAIN }) => ({
		host: HOST,
		port: PORT,
		domain: OPENCCB_DOMAIN ?? null,
		names: { host: 'HOST', port: 'PORT' },
	}),
});

export const operationsSettings = defineSettings({
	variables: {
		OPENCCB_OPERATIONS_HOST: z
			.string()
			.min(1)
			.default('127.0.0.1')
			.describe(
				'Address for /healthz, /readyz and /metrics, which are not for the outside. In a container whose network is private: 0.0.0.0',
			),
		OPENCCB_OPERATIONS_PORT: integer(0, 65_535, 9464).describe('Port for /healthz, /readyz and /metrics; 0 takes any free one'),
	},
	group: ({ OPENCCB_OPERATIONS_HOST, OPENCCB_OPERATIONS_PORT }) => ({
		host: OPENCCB_OPERATIONS_HOST,
		port: OPENCCB_OPERATIONS_PORT,
		names: { host: 'OPENCCB_OPERATIONS_HOST', port: 'OPENCCB_OPERATIONS_PORT' },
	}),
});
