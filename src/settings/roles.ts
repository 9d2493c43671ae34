/** Which part of the work a process does. */

import { z } from 'zod';
import { list } from './setting-types.ts';

const names = ['chat', 'jobs', 'all'] as const;

export const roles = list(z.enum(names, 'must be chat, jobs or all')).default(['all']);

export interface Roles {
	/** Listens to the platforms, and answers. */
	chat: boolean;
	/** Does what can wait. */
	jobs: boolean;
}

export function rolesOf(given: readonly string[]): Roles {
	const has = (role: (typeof names)[number]) => given.includes(role) || given.includes('all');
	return { chat: has('chat'), jobs: has('jobs') };
}
