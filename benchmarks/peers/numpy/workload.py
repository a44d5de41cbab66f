"""The reduced workload of WORKLOAD.md in NumPy, as one would write it by hand for speed.

    python workload.py PEOPLE HAZARD SEED

prints one JSON object: seconds of the start and of the months, counts of work, monthly tables.
People are columns of arrays. Only those who may consider a move in a month are ever touched: the
gaps between them are geometric, and rarer hazards are thinned. A choice takes one uniform number.
"""

import json
import sys
import time

import numpy as np

MONTHS = 24
SHOCK = 12
HOME = 0
ATTRACTION = np.array([-5.0, -5.2, -5.4, -5.6, -5.8, -6.0, -6.2], np.float32)
TRAVEL = np.array([1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.2], np.float32)
DESTINATIONS = len(TRAVEL)
RECOGNITION, SHOCKED_RECOGNITION, SHOCKED = 0.6, 0.15, 2  # the first two are shocked
TERTIARY, OUT_OF_WORK, TERTIARY_ODDS = 0.3, 0.5, np.exp(1.0)
RATIO_OUT_OF_WORK = 1.5
SAVINGS, SAVINGS_SPREAD, WEALTH_FLOOR = 4.0, 0.6, 1.0
COMMUNITY = 1000
STOCK_WEIGHT, EVERYONE, COST_WEIGHT, BROKER_UTILITY = 0.3, 0.001, 2.0, 1.5
BROKERS, REACH, FIRST_SHARE, FEE, FEE_SPREAD = 50, 0.1, 0.4, 1.5, 0.3
PRIOR, PRIOR_WEIGHT, MEMORY = 0.6, 5.0, 24.0
REVIEW_MONTHS, THRESHOLD, EXPLORE, DESPERATION, GREED = 3, 0.45, 0.1, 6.0, 4.0


class Brokers:
    def __init__(self, communities, rng):
        self.price = FEE * np.exp(FEE_SPREAD * rng.standard_normal(BROKERS))
        self.offers = rng.random((BROKERS, DESTINATIONS)) < FIRST_SHARE
        self.positive = np.zeros((BROKERS, DESTINATIONS))
        self.negative = np.zeros((BROKERS, DESTINATIONS))
        serves = rng.random((communities, BROKERS)) < REACH
        self.price_here = np.where(serves, self.price, np.inf).astype(np.float32)

    def success(self):
        cases = PRIOR_WEIGHT + self.positive + self.negative
        return (PRIOR_WEIGHT * PRIOR + self.positive) / cases

    def review(self, month, rng):
        self.positive *= np.exp(-1.0 / MEMORY)
        self.negative *= np.exp(-1.0 / MEMORY)
        due = np.flatnonzero((month + np.arange(BROKERS)) % REVIEW_MONTHS == 0)
        success = self.success()[due]
        self.offers[due] &= success >= THRESHOLD
        idle = ~self.offers[due].any(axis=1)
        explores = rng.random(len(due)) < np.where(idle, min(1.0, DESPERATION * EXPLORE), EXPLORE)
        value = GREED * success + rng.gumbel(size=success.shape)
        value[self.offers[due]] = -np.inf
        best = value.argmax(axis=1)
        explores &= value[np.arange(len(due)), best] > -np.inf
        self.offers[due[explores], best[explores]] = True

    def cheapest(self):
        """By community and destination: the broker with the lowest price, and that price."""
        who = np.empty((len(self.price_here), DESTINATIONS), np.int8)
        price = np.empty(who.shape, np.float32)
        rows = np.arange(len(who))
        for d in range(DESTINATIONS):
            sellers = np.flatnonzero(self.offers[:, d])
            if len(sellers) == 0:
                price[:, d] = np.inf
                continue
            here = self.price_here[:, sellers]
            best = here.argmin(axis=1)
            who[:, d] = sellers[best]
            price[:, d] = here[rows, best]
        return who, price

    def learn(self, broker, destination, protected):
        for cases, of in ((self.positive, protected), (self.negative, ~protected)):
            known = of & (broker >= 0)
            cell = broker[known].astype(np.intp) * DESTINATIONS + destination[known]
            cases += np.bincount(cell, minlength=cases.size).reshape(cases.shape)


class Tables:
    """What a run reports, by month."""

    def __init__(self):
        places = DESTINATIONS + 1
        self.moves = np.zeros((MONTHS, places, places), int)
        self.stock = np.zeros((MONTHS, places), int)
        self.clients = np.zeros((MONTHS, DESTINATIONS), int)
        self.offers = np.zeros((MONTHS, DESTINATIONS), int)
        self.considerations = np.zeros(MONTHS, int)
        self.success = np.zeros(MONTHS)


class Workload:
    generator = np.random.SFC64

    def __init__(self, people, hazard, seed):
        rng = self.rng = np.random.Generator(self.generator(seed))
        self.people = people
        tertiary = rng.random(people, dtype=np.float32) < TERTIARY
        odds = (1.0 - OUT_OF_WORK) / OUT_OF_WORK * np.where(tertiary, TERTIARY_ODDS, 1.0)
        works = rng.random(people, dtype=np.float32) < odds / (1.0 + odds)
        out = 1.0 - TERTIARY * TERTIARY_ODDS / (1.0 + TERTIARY_ODDS) - (1.0 - TERTIARY) / 2.0
        base = hazard / (1.0 + (RATIO_OUT_OF_WORK - 1.0) * out)
        self.largest = base * RATIO_OUT_OF_WORK
        # Chance of considering in a month, relative to that of a person out of work.
        relative = np.expm1(-base) / np.expm1(-self.largest)
        self.accepted = np.where(works, relative, 1.0).astype(np.float32)
        self.savings = SAVINGS * np.exp(
            np.float32(SAVINGS_SPREAD) * rng.standard_normal(people, dtype=np.float32))
        self.place = np.zeros(people, np.int8)
        self.abroad = np.zeros((-(-people // COMMUNITY), DESTINATIONS), np.float32)
        self.brokers = Brokers(len(self.abroad), rng)
        self.pending = (np.empty(0, np.intp),) * 3  # person, destination, broker or -1
        self.tables = Tables()

    def attend(self):
        """Those at home who consider moving this month, in order."""
        expected = self.people * self.largest
        enough = int(expected + 6.0 * np.sqrt(expected) + 10.0)
        found = []
        last = -1
        while last < self.people:
            gaps = self.rng.standard_exponential(enough) / self.largest
            found.append(last + np.cumsum(gaps.astype(np.intp) + 1))
            last = found[-1][-1]
        some = found[0] if len(found) == 1 else np.concatenate(found)
        some = some[: np.searchsorted(some, self.people)]
        accepted = self.rng.random(len(some), dtype=np.float32) < self.accepted[some]
        return some[accepted & (self.place[some] == HOME)]

    def choose(self, some):
        """Logit over staying (-1) and the destinations; who goes by which broker, at what cost."""
        community = some // COMMUNITY
        stock = self.abroad + np.float32(EVERYONE) * self.abroad.sum(axis=0)
        common = ATTRACTION + np.float32(STOCK_WEIGHT) * np.log1p(stock)
        who, price = self.brokers.cheapest()
        per_coin = COST_WEIGHT / np.maximum(self.savings[some], np.float32(WEALTH_FLOOR))
        # Both ways cost the fare; a broker adds a price and a utility.
        helped = BROKER_UTILITY - per_coin[:, None] * price[community]
        utility = common[community] - per_coin[:, None] * TRAVEL + np.maximum(helped, 0.0)
        edges = np.cumsum(np.exp(utility, out=utility), axis=1)
        target = self.rng.random(len(some), dtype=np.float32) * (1.0 + edges[:, -1])
        goes = np.flatnonzero(target < edges[:, -1])
        chosen = (edges[goes] <= target[goes, None]).sum(axis=1)
        brokered = helped[goes, chosen] > 0.0
        row = community[goes]
        broker = np.where(brokered, who[row, chosen], -1)
        cost = TRAVEL[chosen] + np.where(brokered, price[row, chosen], 0.0)
        return some[goes], chosen, broker, cost

    def depart(self, month, who, destination, broker, cost):
        self.savings[who] -= np.minimum(cost, self.savings[who])
        self.place[who] = destination + 1
        np.add.at(self.abroad, (who // COMMUNITY, destination), 1)
        self.tables.moves[month, HOME, 1:] = np.bincount(destination, minlength=DESTINATIONS)
        self.tables.clients[month] = np.bincount(destination[broker >= 0], minlength=DESTINATIONS)

    def decide(self, month):
        who, destination, broker = self.pending
        chance = np.full(DESTINATIONS, RECOGNITION)
        if month >= SHOCK:
            chance[:SHOCKED] = SHOCKED_RECOGNITION
        protected = self.rng.random(len(who)) < chance[destination]
        self.brokers.learn(broker, destination, protected)
        back, left = who[~protected], destination[~protected]
        self.place[back] = HOME
        np.subtract.at(self.abroad, (back // COMMUNITY, left), 1)
        self.tables.moves[month, 1:, HOME] = np.bincount(left, minlength=DESTINATIONS)

    def step(self, month):
        self.brokers.review(month, self.rng)
        some = self.attend()
        going = self.choose(some)
        self.depart(month, *going)
        self.decide(month)
        self.pending = going[:3]
        tables, offers = self.tables, self.brokers.offers
        away = self.abroad.sum(axis=0)
        tables.stock[month] = np.append(self.people - away.sum(), away)
        tables.considerations[month] = len(some)
        tables.offers[month] = offers.sum(axis=0)
        tables.success[month] = self.brokers.success()[offers].mean() if offers.any() else 0.0


def main(of=Workload):
    people, hazard, seed = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    begin = time.perf_counter()
    workload = of(people, hazard, seed)
    middle = time.perf_counter()
    for month in range(MONTHS):
        workload.step(month)
    end = time.perf_counter()
    tables = {name: table.tolist() for name, table in vars(workload.tables).items()}
    json.dump({"start_s": middle - begin, "months_s": end - middle,
               "person_months": people * MONTHS, "decisions": sum(tables["considerations"]),
               "tables": tables}, sys.stdout)


if __name__ == "__main__":
    main()
