/** The settings of one process: what it does, how it shares the work with others, how it ends, and what it logs. */

import { z } from 'zod';
import { integer, list } from './setting-types.ts';
import { defineSettings } from './slice.ts';

const roleNames = ['chat', 'jobs', 'all', 'none'] as const;

export interface ProcessRoles {
	/** Listens to the platforms, and answers. */
	chat: boolean;
	/** Does what can wait. */
	jobs: boolean;
}

export const processSettings = defineSettings({
	variables: {
		OPENCCB_ROLES: list(z.enum(roleNames, 'must be chat, jobs, all or none'))
			.default(['all'])
			.describe(
				'What this process does, separated by commas: chat (listens to the platforms and answers), jobs (work that can wait), all, or none (it is only asked how it is, before it takes another one’s place)',
			),
		OPENCCB_LEASE_SECONDS: integer(3, 600, 15).describe(
			'How long a process may be silent before another one takes over what it was at; the same for all processes',
		),
		OPENCCB_DRAIN_SECONDS: integer(0, 600, 0).describe(
			'How long the program goes on as before once it is told to stop, while /healthz/intake fails already; longer than a load balancer takes to notice, and 0 where none asks',
		),
		OPENCCB_GRACE_SECONDS: integer(1, 600, 12).describe(
			'How long answers may go on after that; whoever stops the program waits 8 s longer than both before killing it',
		),
		OPENCCB_COMMIT: z
			.string()
			.regex(/^[\w.+-]{1,64}$/, 'must be a commit such as 1f0c9a7')
			.optional()
			.describe(
				'The commit that this was built from, for the log, /metrics and `status`; images set it, and without it the working copy is asked',
			),
		LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info').describe('Least severe log lines to write'),
	},
	group: (values) => ({
		roles: rolesOf(values.OPENCCB_ROLES),
		leaseMs: values.OPENCCB_LEASE_SECONDS * 1_000,
		drainMs: values.OPENCCB_DRAIN_SECONDS * 1_000,
		graceMs: values.OPENCCB_GRACE_SECONDS * 1_000,
		commit: values.OPENCCB_COMMIT ?? null,
		logLevel: values.LOG_LEVEL,
	}),
	contradictions({ OPENCCB_ROLES }, { DATABASE_URL }: { DATABASE_URL?: string | undefined }) {
		const does = rolesOf(OPENCCB_ROLES);
		if (DATABASE_URL !== undefined || (does.chat && does.jobs)) return [];
		return ['OPENCCB_ROLES must be all without DATABASE_URL: no other process can use the embedded database'];
	},
});

function rolesOf(given: readonly string[]): ProcessRoles {
	const has = (role: (typeof roleNames)[number]) => given.includes(role) || given.includes('all');
	return { chat: has('chat'), jobs: has('jobs') };
}
