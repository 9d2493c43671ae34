/** What the workspace's administrators do: change, close and reopen accounts, make user groups, decide who is in them, delete messages. */

import type { Core } from './core.ts';
import { remove } from './methods/chat.ts';
import type { Json, NewUser, User, UserGroup } from './types.ts';
import { userGroupToWire, userToWire } from './wire.ts';

export type UserChange = Partial<Pick<User, 'name' | 'realName' | 'isGuest' | 'deleted' | 'email' | 'isEmailConfirmed'>>;

/** All of these throw TypeError for a person, group or message that is not there. Events go out in the background. */
export interface Administration {
	/** Sends `user_change`. */
	changeUser(id: string, change: UserChange): Promise<void>;
	/** Somebody new: sends `team_join`. */
	joinWorkspace(user: NewUser): Promise<User>;
	/** Sends `user_change` as it was before a change: late, or repeated by somebody who had overheard it. */
	tellOldUser(id: string, old: UserChange): Promise<void>;
	/** Sends `subteam_created`, and `subteam_members_changed` when there are any. */
	createUserGroup(group: { handle: string; userIds: readonly string[] }): Promise<UserGroup>;
	/** Sends `subteam_members_changed`. */
	setUserGroupMembers(id: string, userIds: readonly string[]): Promise<void>;
	/** Sends `subteam_updated`. */
	disableUserGroup(id: string): Promise<void>;
	/** Takes the app out of the workspace: sends `app_uninstalled` and `tokens_revoked`. It is put in again at once, with the same token. */
	uninstall(): Promise<void>;
	/** Anybody's, an app's too. Sends `message_deleted`. */
	removeMessage(message: { channel: string; ts: string }): Promise<void>;
}

export function createAdministration(core: Core): Administration {
	const { workspace } = core;
	const emit = (event: Json & { type: string }, key: string) => core.events.emit({ ...event, event_ts: workspace.nextTs() }, null, key);

	function groupOf(id: string): UserGroup {
		const group = workspace.userGroups().find((candidate) => candidate.id === id);
		if (group === undefined) throw new TypeError(`no such user group: ${id}`);
		return group;
	}

	function setMembers(group: UserGroup, userIds: readonly string[]): void {
		const added = userIds.filter((userId) => !group.userIds.includes(userId));
		const removed = group.userIds.filter((userId) => !userIds.includes(userId));
		const before = group.updatedAt;
		group.userIds = [...userIds];
		group.updatedAt = Math.floor(core.now() / 1_000);
		const change = {
			subteam_id: group.id,
			team_id: core.identity.teamId,
			date_previous_update: before,
			date_update: group.updatedAt,
			added_users: added,
			added_users_count: added.length,
			removed_users: removed,
			removed_users_count: removed.length,
		};
		emit({ type: 'subteam_members_changed', ...change }, group.id);
	}

	return {
		async uninstall() {
			emit({ type: 'app_uninstalled' }, core.identity.teamId);
			emit({ type: 'tokens_revoked', tokens: { oauth: [], bot: [core.identity.botUserId] } }, core.identity.teamId);
		},
		async changeUser(id, change) {
			const user = workspace.user(id);
			if (user === undefined) throw new TypeError(`no such user: ${id}`);
			Object.assign(user, change);
			emit({ type: 'user_change', user: userToWire(core, user, { locale: true }), cache_ts: Math.floor(core.now() / 1_000) }, id);
		},
		async joinWorkspace(input) {
			const user = workspace.addUser(input);
			emit({ type: 'team_join', user: userToWire(core, user, { locale: true }), cache_ts: Math.floor(core.now() / 1_000) }, user.id);
			return user;
		},
		async tellOldUser(id, old) {
			const user = workspace.user(id);
			if (user === undefined) throw new TypeError(`no such user: ${id}`);
			const told = userToWire(core, { ...user, ...old }, { locale: true });
			emit({ type: 'user_change', user: told, cache_ts: Math.floor(core.now() / 1_000) }, id);
		},
		async createUserGroup({ handle, userIds }) {
			const group = workspace.addUserGroup({ handle, userIds: [] });
			emit({ type: 'subteam_created', subteam: userGroupToWire(core, group, { users: true }) }, group.id);
			if (userIds.length > 0) setMembers(group, userIds);
			return group;
		},
		setUserGroupMembers: async (id, userIds) => setMembers(groupOf(id), userIds),
		async disableUserGroup(id) {
			const group = groupOf(id);
			group.disabledAt = Math.floor(core.now() / 1_000);
			emit({ type: 'subteam_updated', subteam: userGroupToWire(core, group, { users: true }) }, id);
		},
		async removeMessage({ channel, ts }) {
			const message = core.messages.get(channel, ts);
			if (message === undefined || message.deleted) throw new TypeError(`no message at ${ts}`);
			remove(core, message);
		},
	};
}
