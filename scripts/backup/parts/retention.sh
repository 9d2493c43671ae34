# shellcheck shell=bash
# Which backups are kept: of each of the last days, weeks and months that have any, the newest one.

# unwanted DAYS WEEKS MONTHS: of the names on standard input, those that nobody keeps. Weeks begin on Monday (ISO 8601).
unwanted() {
	sed -n -E 's/^(openccb-([0-9]{4})([0-9]{2})([0-9]{2})T[0-9]{6}Z\.tar(\.age)?)$/\1 \2-\3-\4/p' | sort -r |
		while read -r name day; do printf '%s %s %s %s\n' "$name" "$day" "$(date -u -d "$day" +%G-%V)" "${day%-*}"; done |
		awk -v days="$1" -v weeks="$2" -v months="$3" '
			{
				kept = 0
				if (!($2 in day) && day_count < days) { day[$2]; day_count++; kept = 1 }
				if (!($3 in week) && week_count < weeks) { week[$3]; week_count++; kept = 1 }
				if (!($4 in month) && month_count < months) { month[$4]; month_count++; kept = 1 }
				if (!kept) print $1
			}'
}
