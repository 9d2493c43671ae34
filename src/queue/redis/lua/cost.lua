-- What an answer costs its user, as `turn-rules.ts` has it. A mean of 0 stands for none.
local function costCorrection(held, mean) return math.min(MOST_COST, math.max(LEAST_COST, held / mean)) - 1 end
local function newMean(mean, held) return mean == 0 and held or mean + NEWEST_WEIGHT * (held - mean) end
