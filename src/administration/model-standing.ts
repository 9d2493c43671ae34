/** What administrators see of the models: where each lies, what is in memory, what is being installed, and who may use which. */

import type { Database } from '../database/database.ts';
import { shownRole } from '../database/roles.ts';
import type { Principal } from '../database/transaction.ts';
import { readLimitValues } from '../limits/limit-values.ts';
import type { HostInventory } from '../models/model-operations.ts';
import type { LanguageModels } from '../models/model-pool.ts';
import type { ModelOrders, ModelOrdersStanding } from './model-orders.ts';
import type { Pulls } from './pull-book.ts';

export interface ModelStanding extends Pulls {
	/** The one that answers where nobody chose another. */
	standard: string;
	/** Those that people may choose, as the settings name them. */
	offered: readonly string[];
	mayPull: boolean;
	hosts: readonly HostInventory[];
	/** Those with most rights first. */
	roles: readonly RoleModels[];
}

export interface RoleModels {
	/** As people write it. */
	name: string;
	/** Null for all; `standard` where the role says nothing of its own. */
	models: readonly string[] | null | 'standard';
}

export interface ModelStandings {
	/** @throws BotError as `ModelOrders.installed`, `Jobs.unfinished` and `Database.queryAs`. */
	read(asker: Principal): Promise<ModelStanding>;
}

export interface ModelStandingDependencies {
	database: Pick<Database, 'queryAs'>;
	models: Pick<LanguageModels, 'model' | 'models'>;
	modelOrders: Pick<ModelOrders, 'installed'> & ModelOrdersStanding;
}

const selectRoles = 'select name, limits from roles order by rank desc, name';

export function createModelStandings({ database, models, modelOrders }: ModelStandingDependencies): ModelStandings {
	return {
		async read(asker) {
			const [hosts, pulls, roles] = await Promise.all([
				modelOrders.installed(),
				modelOrders.pulls(),
				database.queryAs<{ name: string; limits: object }>(asker, selectRoles),
			]);
			return {
				...{ standard: models.model, offered: models.models.map(({ name }) => name), mayPull: modelOrders.mayPull, hosts },
				...pulls,
				roles: roles.map(({ name, limits }) => {
					const { models: allowed = 'standard' } = readLimitValues(limits);
					return { name: shownRole(name), models: allowed };
				}),
			};
		},
	};
}
