/** The settings of the database. */

import { z } from 'zod';
import { url } from './setting-types.ts';
import { defineSettings } from './slice.ts';

export const databaseSettings = defineSettings({
	variables: {
		DATABASE_URL: url(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/database')
			.optional()
			.describe('PostgreSQL 15 or newer; without it the embedded database in OPENCCB_DATA'),
		OPENCCB_DATA: z.string().min(1).default('./data').describe('Folder for the embedded database and for documents'),
	},
	secrets: ['DATABASE_URL'],
	group: ({ DATABASE_URL, OPENCCB_DATA }) => ({ url: DATABASE_URL ?? null, dataFolder: OPENCCB_DATA }),
});
