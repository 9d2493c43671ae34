/** The settings of questions to the company's databases. */

import { z } from 'zod';
import { defineSettings } from './slice.ts';

export const connectorsSettings = defineSettings({
	variables: {
		CONNECTORS: z
			.string()
			.optional()
			.describe('Folder with a YAML file for each database that may be asked; without it none is. See docs/connectors.md'),
	},
	group: ({ CONNECTORS }) => ({ folder: CONNECTORS ?? null }),
});
