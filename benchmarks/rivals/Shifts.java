import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.api.score.calculator.IncrementalScoreCalculator;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.score.director.ScoreDirectorFactoryConfig;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.config.solver.termination.TerminationConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Scanner;

/**
 * A public instance with Timefold's default phases and moves: FILE SECONDS TARGET SEED.
 *
 * <p>An entity is a person's day, its value a shift or 0 for a day off. Prints milliseconds,
 * breaches of hard rules and cost of every better roster.
 */
public class Shifts {
    /** An instance, read from the numbers that the benchmark writes. */
    static class Instance {
        int days, shifts, people;
        int[] minutes;
        boolean[][] forbidden;
        int[][] most;
        int[] minMinutes, maxMinutes, minRun, maxRun, minOff, weekends;
        boolean[][] off;
        long[][][] price;
        int[][] required;
        long[][] under, over;
        long constant;

        Instance(Scanner in) {
            days = in.nextInt();
            shifts = in.nextInt();
            people = in.nextInt();
            constant = in.nextLong();
            minutes = row(in, shifts);
            forbidden = new boolean[shifts][];
            for (int one = 0; one < shifts; one++) forbidden[one] = flags(in, shifts);
            most = new int[people][];
            off = new boolean[people][];
            minMinutes = new int[people];
            maxMinutes = new int[people];
            minRun = new int[people];
            maxRun = new int[people];
            minOff = new int[people];
            weekends = new int[people];
            for (int one = 0; one < people; one++) {
                most[one] = row(in, shifts);
                minMinutes[one] = in.nextInt();
                maxMinutes[one] = in.nextInt();
                minRun[one] = in.nextInt();
                maxRun[one] = in.nextInt();
                minOff[one] = in.nextInt();
                weekends[one] = in.nextInt();
                off[one] = flags(in, days);
            }
            price = new long[people][days][shifts];
            for (int left = in.nextInt(); left > 0; left--) {
                price[in.nextInt()][in.nextInt()][in.nextInt()] += in.nextLong();
            }
            required = new int[days][shifts];
            under = new long[days][shifts];
            over = new long[days][shifts];
            for (int left = in.nextInt(); left > 0; left--) {
                int day = in.nextInt(), shift = in.nextInt();
                required[day][shift] = in.nextInt();
                under[day][shift] = in.nextLong();
                over[day][shift] = in.nextLong();
            }
        }

        static int[] row(Scanner in, int number) {
            int[] row = new int[number];
            for (int one = 0; one < number; one++) row[one] = in.nextInt();
            return row;
        }

        static boolean[] flags(Scanner in, int number) {
            boolean[] row = new boolean[number];
            for (int one = 0; one < number; one++) row[one] = in.nextInt() == 1;
            return row;
        }

        /** How far a person's row, shifts from 1 and 0 for off, breaks the hard rules. */
        long breaches(int person, int[] row) {
            long broken = 0;
            int total = 0;
            int[] count = new int[shifts];
            for (int day = 0; day < days; day++) {
                if (row[day] == 0) continue;
                int shift = row[day] - 1;
                count[shift]++;
                total += minutes[shift];
                if (day + 1 < days && row[day + 1] > 0 && forbidden[shift][row[day + 1] - 1]) broken++;
            }
            int unit = Arrays.stream(minutes).min().getAsInt();
            for (int one = 0; one < shifts; one++) broken += Math.max(0, count[one] - most[person][one]);
            broken += (Math.max(0, total - maxMinutes[person]) + unit - 1) / unit;
            broken += (Math.max(0, minMinutes[person] - total) + unit - 1) / unit;
            for (int start = 0, end; start < days; start = end) {
                boolean works = row[start] > 0;
                for (end = start + 1; end < days && row[end] > 0 == works; end++) {}
                int length = end - start;
                if (works) broken += Math.max(0, length - maxRun[person]);
                if (start > 0 && end < days) {
                    broken += Math.max(0, (works ? minRun[person] : minOff[person]) - length);
                }
            }
            int worked = 0;
            for (int day = 5; day < days; day += 7) {
                if (row[day] > 0 || day + 1 < days && row[day + 1] > 0) worked++;
            }
            return broken + Math.max(0, worked - weekends[person]);
        }
    }

    /** A person's day that is not given off. */
    @PlanningEntity
    public static class Cell {
        int person, day;
        List<Integer> options;
        Integer option;

        public Cell() {}

        Cell(int person, int day, List<Integer> options) {
            this.person = person;
            this.day = day;
            this.options = options;
        }

        @ValueRangeProvider(id = "options")
        public List<Integer> getOptions() {
            return options;
        }

        @PlanningVariable(valueRangeProviderRefs = "options")
        public Integer getOption() {
            return option;
        }

        public void setOption(Integer option) {
            this.option = option;
        }
    }

    /** All cells with their score. */
    @PlanningSolution
    public static class Roster {
        Instance instance;
        List<Cell> cells;
        HardSoftLongScore score;

        public Roster() {}

        Roster(Instance instance) {
            this.instance = instance;
            cells = new ArrayList<>();
            for (int person = 0; person < instance.people; person++) {
                List<Integer> options = new ArrayList<>(List.of(0));
                for (int one = 0; one < instance.shifts; one++) {
                    if (instance.most[person][one] > 0) options.add(one + 1);
                }
                for (int day = 0; day < instance.days; day++) {
                    if (!instance.off[person][day]) cells.add(new Cell(person, day, options));
                }
            }
        }

        @PlanningEntityCollectionProperty
        public List<Cell> getCells() {
            return cells;
        }

        public void setCells(List<Cell> cells) {
            this.cells = cells;
        }

        @PlanningScore
        public HardSoftLongScore getScore() {
            return score;
        }

        public void setScore(HardSoftLongScore score) {
            this.score = score;
        }
    }

    /** Counts only the people and the shifts that a move touches. */
    public static class Calculator implements IncrementalScoreCalculator<Roster, HardSoftLongScore> {
        private Instance instance;
        private int[][] rows, there;
        private long[] broken;
        private boolean[] changed;
        private long hard, soft;

        @Override
        public void resetWorkingSolution(Roster roster) {
            instance = roster.instance;
            rows = new int[instance.people][instance.days];
            there = new int[instance.days][instance.shifts];
            broken = new long[instance.people];
            changed = new boolean[instance.people];
            Arrays.fill(changed, true);
            hard = 0;
            soft = instance.constant;
            for (int day = 0; day < instance.days; day++) {
                for (int one = 0; one < instance.shifts; one++) soft += cover(day, one);
            }
            for (Cell cell : roster.cells) put(cell);
        }

        private long cover(int day, int shift) {
            int lack = instance.required[day][shift] - there[day][shift];
            return lack > 0 ? lack * instance.under[day][shift] : -lack * instance.over[day][shift];
        }

        private void count(int person, int day, int shift, int by) {
            soft -= cover(day, shift);
            there[day][shift] += by;
            soft += cover(day, shift) + by * instance.price[person][day][shift];
        }

        private void put(Cell cell) {
            int option = cell.option == null ? 0 : cell.option;
            int before = rows[cell.person][cell.day];
            if (option == before) return;
            if (before > 0) count(cell.person, cell.day, before - 1, -1);
            if (option > 0) count(cell.person, cell.day, option - 1, 1);
            rows[cell.person][cell.day] = option;
            changed[cell.person] = true;
        }

        @Override
        public void afterVariableChanged(Object entity, String name) {
            put((Cell) entity);
        }

        @Override
        public HardSoftLongScore calculateScore() {
            for (int person = 0; person < changed.length; person++) {
                if (!changed[person]) continue;
                hard -= broken[person];
                broken[person] = instance.breaches(person, rows[person]);
                hard += broken[person];
                changed[person] = false;
            }
            return HardSoftLongScore.of(-hard, -soft);
        }

        @Override
        public void beforeVariableChanged(Object entity, String name) {}

        @Override
        public void beforeEntityAdded(Object entity) {}

        @Override
        public void afterEntityAdded(Object entity) {}

        @Override
        public void beforeEntityRemoved(Object entity) {}

        @Override
        public void afterEntityRemoved(Object entity) {}
    }

    public static void main(String[] given) throws Exception {
        Instance instance = new Instance(new Scanner(Files.readString(Path.of(given[0]))));
        TerminationConfig end = new TerminationConfig()
                .withSpentLimit(Duration.ofMillis(Long.parseLong(given[1])))
                .withBestScoreLimit("0hard/-" + given[2] + "soft");
        SolverConfig config = new SolverConfig()
                .withSolutionClass(Roster.class)
                .withEntityClasses(Cell.class)
                .withScoreDirectorFactory(new ScoreDirectorFactoryConfig()
                        .withIncrementalScoreCalculatorClass(Calculator.class))
                .withRandomSeed(Long.parseLong(given[3]))
                .withTerminationConfig(end);
        var solver = SolverFactory.<Roster>create(config).buildSolver();
        solver.addEventListener(event -> {
            var score = (HardSoftLongScore) event.getNewBestScore();
            System.out.printf("%d %d %d%n", event.getTimeMillisSpent(), -score.hardScore(), -score.softScore());
        });
        solver.solve(new Roster(instance));
    }
}
