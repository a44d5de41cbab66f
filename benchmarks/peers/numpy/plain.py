"""The same workload in NumPy as one writes it first: everybody is drawn for every month, in double
precision, and a choice adds a Gumbel error to each alternative. Called as workload.py."""

import numpy as np
import workload


class PlainWorkload(workload.Workload):
    generator = np.random.PCG64

    def attend(self):
        chance = -np.expm1(-self.largest) * self.accepted.astype(float)
        return np.flatnonzero((self.place == workload.HOME) & (self.rng.random(self.people) < chance))

    def choose(self, some):
        community = some // workload.COMMUNITY
        stock = self.abroad + workload.EVERYONE * self.abroad.sum(axis=0)
        common = workload.ATTRACTION + workload.STOCK_WEIGHT * np.log1p(stock)
        who, price = self.brokers.cheapest()
        means = np.maximum(self.savings[some], workload.WEALTH_FLOOR)[:, None]
        alone = -workload.COST_WEIGHT * workload.TRAVEL / means
        fee = price.astype(float)[community]
        helped = workload.BROKER_UTILITY - workload.COST_WEIGHT * (workload.TRAVEL + fee) / means
        utility = np.zeros((len(some), workload.DESTINATIONS + 1))
        utility[:, 1:] = common[community] + np.maximum(alone, helped)
        choice = (utility + self.rng.gumbel(size=utility.shape)).argmax(axis=1) - 1
        goes = np.flatnonzero(choice >= 0)
        chosen, row = choice[goes], community[goes]
        brokered = helped[goes, chosen] > alone[goes, chosen]
        broker = np.where(brokered, who[row, chosen], -1)
        cost = workload.TRAVEL[chosen] + np.where(brokered, price[row, chosen], 0.0)
        return some[goes], chosen, broker, cost


if __name__ == "__main__":
    workload.main(PlainWorkload)
