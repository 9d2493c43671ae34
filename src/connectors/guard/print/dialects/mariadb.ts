/** MariaDB; and MySQL, which differs from it in the names of collations alone. */

import type { DialectRules } from '../dialect-rules.ts';
import { postgresql } from './postgresql.ts';

export const mariadb: DialectRules = {
	...postgresql,
	dialect: 'mariadb',
	family: 'mysql',
	nameQuotes: ['`', '`'],
	backslash: 'refused',
	knowsNulls: false,
	knowsFilter: false,
	knowsFullJoin: false,
	knowsZones: false,
	textColumn: '(CONVERT({0} USING utf8mb4) COLLATE utf8mb4_nopad_bin)',
	orderedText: '{0}',
	concat: 'CONCAT({0}, {1})',
	same: '({0} <=> {1})',
	daysBetween: 'DATEDIFF({0}, {1})',
	casts: {
		text: 'CAST({0} AS CHAR)',
		integer: 'CAST({0} AS SIGNED)',
		// As wide as it has them, with twenty places behind the point.
		decimal: 'CAST({0} AS DECIMAL(65, 20))',
		digits: 'CAST({0} AS DECIMAL({1}, {2}))',
		float: 'CAST({0} AS DOUBLE)',
		date: 'CAST({0} AS DATE)',
		timestamp: 'CAST({0} AS DATETIME)',
	},
};

export const mysql: DialectRules = { ...mariadb, dialect: 'mysql', textColumn: '(CONVERT({0} USING utf8mb4) COLLATE utf8mb4_0900_bin)' };
