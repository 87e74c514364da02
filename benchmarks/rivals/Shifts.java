import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.api.score.calculator.IncrementalScoreCalculator;
import ai.timefold.solver.core.api.score.director.ScoreDirector;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.constructionheuristic.ConstructionHeuristicPhaseConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.composite.UnionMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.factory.MoveIteratorFactoryConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.ChangeMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.SwapMoveSelectorConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchPhaseConfig;
import ai.timefold.solver.core.config.score.director.ScoreDirectorFactoryConfig;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.config.solver.termination.TerminationConfig;
import ai.timefold.solver.core.impl.heuristic.move.AbstractMove;
import ai.timefold.solver.core.impl.heuristic.selector.move.factory.MoveIteratorFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Scanner;
import java.util.stream.Collectors;

/**
 * A public instance with Timefold: FILE MILLISECONDS TARGET SEED.
 *
 * <p>An entity is a person's day, its value a shift or 0 for a day off. Phases and acceptance are
 * the default ones. To the default moves, which change one cell or swap two, come those that
 * nurse rostering has always needed: two people exchange a stretch of days, and a person works or
 * is off on a stretch. One cell alone can rarely change where runs of work and of days off have a
 * least length. Prints milliseconds since the start of the process, how far hard rules are broken,
 * cost and rows of every better roster.
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
        /** Where a person's day stands in the cells; -1 if it is given off. */
        int[][] place;
        HardSoftLongScore score;

        public Roster() {}

        Roster(Instance instance) {
            this.instance = instance;
            cells = new ArrayList<>();
            place = new int[instance.people][instance.days];
            for (int person = 0; person < instance.people; person++) {
                List<Integer> options = new ArrayList<>(List.of(0));
                for (int one = 0; one < instance.shifts; one++) {
                    if (instance.most[person][one] > 0) options.add(one + 1);
                }
                for (int day = 0; day < instance.days; day++) {
                    place[person][day] = instance.off[person][day] ? -1 : cells.size();
                    if (!instance.off[person][day]) cells.add(new Cell(person, day, options));
                }
            }
        }

        /** Rows of options, people divided by semicolons and days by commas. */
        @Override
        public String toString() {
            int[][] rows = new int[instance.people][instance.days];
            for (Cell cell : cells) rows[cell.person][cell.day] = cell.option == null ? 0 : cell.option;
            return Arrays.stream(rows)
                    .map(row -> Arrays.stream(row).mapToObj(Integer::toString).collect(Collectors.joining(",")))
                    .collect(Collectors.joining(";"));
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

    /** Gives cells other options, all at once. */
    static class Days extends AbstractMove<Roster> {
        private final List<Cell> cells = new ArrayList<>();
        private final List<Integer> options = new ArrayList<>();

        void add(Cell cell, Integer option) {
            cells.add(cell);
            options.add(option);
        }

        @Override
        public boolean isMoveDoable(ScoreDirector<Roster> director) {
            boolean differs = false;
            for (int one = 0; one < cells.size(); one++) {
                if (!cells.get(one).options.contains(options.get(one))) return false;
                differs |= !options.get(one).equals(cells.get(one).option);
            }
            return differs;
        }

        @Override
        protected void doMoveOnGenuineVariables(ScoreDirector<Roster> director) {
            for (int one = 0; one < cells.size(); one++) {
                Cell cell = cells.get(one);
                director.beforeVariableChanged(cell, "option");
                cell.setOption(options.get(one));
                director.afterVariableChanged(cell, "option");
            }
        }
    }

    /** Random moves of one day up to a week. */
    abstract static class DaysFactory implements MoveIteratorFactory<Roster, Days> {
        static final int LONGEST = 7;

        abstract Days move(Roster roster, int first, int end, Random random);

        @Override
        public long getSize(ScoreDirector<Roster> director) {
            Roster roster = director.getWorkingSolution();
            return (long) LONGEST * roster.cells.size() * roster.instance.people;
        }

        @Override
        public Iterator<Days> createOriginalMoveIterator(ScoreDirector<Roster> director) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Iterator<Days> createRandomMoveIterator(ScoreDirector<Roster> director, Random random) {
            Roster roster = director.getWorkingSolution();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return true;
                }

                @Override
                public Days next() {
                    int first = random.nextInt(roster.instance.days);
                    int end = Math.min(roster.instance.days, first + 1 + random.nextInt(LONGEST));
                    return move(roster, first, end, random);
                }
            };
        }
    }

    /** Two people exchange their days. */
    public static class Exchange extends DaysFactory {
        @Override
        Days move(Roster roster, int first, int end, Random random) {
            int one = random.nextInt(roster.instance.people), other = random.nextInt(roster.instance.people);
            Days days = new Days();
            for (int day = first; day < end; day++) {
                int a = roster.place[one][day], b = roster.place[other][day];
                if (a < 0 || b < 0) continue;
                days.add(roster.cells.get(a), roster.cells.get(b).option);
                days.add(roster.cells.get(b), roster.cells.get(a).option);
            }
            return days;
        }
    }

    /** A person has one shift, or is off, on all the days. */
    public static class Stretch extends DaysFactory {
        @Override
        Days move(Roster roster, int first, int end, Random random) {
            int person = random.nextInt(roster.instance.people);
            Integer option = random.nextInt(roster.instance.shifts + 1);
            Days days = new Days();
            for (int day = first; day < end; day++) {
                int a = roster.place[person][day];
                if (a >= 0) days.add(roster.cells.get(a), option);
            }
            return days;
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

    /** Ends this process with its input: nobody reads what it finds any more. */
    static void endWithInput() {
        Thread thread = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {}
            } catch (IOException error) {
                // No input either.
            }
            Runtime.getRuntime().halt(1);
        });
        thread.setDaemon(true);
        thread.start();
    }

    public static void main(String[] given) throws Exception {
        long began = ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli();
        endWithInput();
        Instance instance = new Instance(new Scanner(Files.readString(Path.of(given[0]))));
        long left = began + Long.parseLong(given[1]) - System.currentTimeMillis();
        TerminationConfig end = new TerminationConfig()
                .withSpentLimit(Duration.ofMillis(Math.max(0, left)))
                .withBestScoreLimit("0hard/-" + given[2] + "soft");
        UnionMoveSelectorConfig moves = new UnionMoveSelectorConfig(List.of(
                new ChangeMoveSelectorConfig(),
                new SwapMoveSelectorConfig(),
                new MoveIteratorFactoryConfig().withMoveIteratorFactoryClass(Exchange.class),
                new MoveIteratorFactoryConfig().withMoveIteratorFactoryClass(Stretch.class)));
        SolverConfig config = new SolverConfig()
                .withSolutionClass(Roster.class)
                .withEntityClasses(Cell.class)
                .withScoreDirectorFactory(new ScoreDirectorFactoryConfig()
                        .withIncrementalScoreCalculatorClass(Calculator.class))
                .withPhases(
                        new ConstructionHeuristicPhaseConfig(),
                        new LocalSearchPhaseConfig().withMoveSelectorConfig(moves))
                .withRandomSeed(Long.parseLong(given[3]))
                .withTerminationConfig(end);
        var solver = SolverFactory.<Roster>create(config).buildSolver();
        solver.addEventListener(event -> {
            var score = (HardSoftLongScore) event.getNewBestScore();
            System.out.printf(
                    "roster %d %d %d %s%n",
                    System.currentTimeMillis() - began,
                    -score.hardScore(),
                    -score.softScore(),
                    event.getNewBestSolution());
        });
        solver.solve(new Roster(instance));
    }
}
