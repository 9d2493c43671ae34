/** The settings of what answers may hold. */

import { z } from 'zod';
import { list } from './setting-types.ts';
import { defineSettings } from './slice.ts';

/** A host, `*.` and the end of a host, or all of them. */
const linkHost = z.string().regex(/^(?:\*|(?:\*\.)?[a-z0-9][a-z0-9.-]*)$/i, 'must be hosts such as wiki.example.com or *.example.com');

export const answersSettings = defineSettings({
	variables: {
		LINK_HOSTS: list(linkHost)
			.optional()
			.describe(
				'Hosts that answers may link to, separated by commas, such as wiki.example.com or *.example.com, or * for all; beside them those that whoever asks has named, and those of sources',
			),
	},
	group: ({ LINK_HOSTS = [] }) => ({ linkHosts: LINK_HOSTS }),
});
