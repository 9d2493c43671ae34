/** What the directory of the emulated tenant knows: groups, the teams that are groups too, directory roles, and who is in which. */

import type { DirectoryEntry, NewDirectoryEntry, Team, User } from './types.ts';

export interface Directory {
	/** A group, unless `type` says something else. */
	addGroup(entry: NewDirectoryEntry): DirectoryEntry;
	/** Everything that this person is in, directly or through groups in groups. */
	membershipsOf(userId: string): DirectoryEntry[];
	/** By object id or user principal name; guests too, but nobody of another tenant, and no anonymous participant. */
	find(idOrPrincipalName: string): User | undefined;
}

export interface DirectorySettings {
	tenantId: string;
	users: () => User[];
	teams: () => Team[];
	nextUuid: () => string;
}

/** Creates a directory without groups of its own. */
export function createDirectory({ tenantId, users, teams, nextUuid }: DirectorySettings): Directory {
	const entries: DirectoryEntry[] = [];

	/** A team is an Entra group whose members are those of its General channel. */
	const all = (): DirectoryEntry[] => [
		...entries,
		...teams().map(({ aadGroupId, name, channels }) => ({
			id: aadGroupId,
			name,
			type: 'group' as const,
			members: channels[0]?.members ?? [],
		})),
	];

	return {
		addGroup({ name, members = [], type = 'group' }) {
			const entry: DirectoryEntry = { id: nextUuid(), name, type, members: [...members] };
			entries.push(entry);
			return entry;
		},
		membershipsOf(userId) {
			const found = new Set<DirectoryEntry>();
			const collect = (memberId: string) => {
				for (const entry of all()) {
					if (!entry.members.includes(memberId) || [...found].some(({ id }) => id === entry.id)) continue;
					found.add(entry);
					collect(entry.id);
				}
			};
			collect(userId);
			return [...found];
		},
		find: (key) => users().find((user) => user.tenantId === tenantId && [user.aadObjectId, user.userPrincipalName].includes(key)),
	};
}
