package io.quartermaster.rest.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quartermaster.billing.export.Charge;
import io.quartermaster.billing.export.Focus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Exports of random ledgers, held against the rules of FOCUS; and the rules against bad rows. */
class FocusTest {
    private static final int LEDGERS = 2_000;
    private static final long SEED = 20_260_101;

    /** A column with what it must not be; without an equals sign it is null. */
    static final List<String> BAD_CELLS =
            List.of(
                    """
                    BilledCost
                    BilledCost=1.00 EUR
                    BilledCost=1,000.00
                    BilledCost=+1
                    EffectiveCost
                    EffectiveCost=77
                    ListCost
                    ListCost=77
                    ContractedCost=77
                    ListUnitPrice=-1
                    ListUnitPrice
                    ListUnitPrice=77
                    ContractedUnitPrice
                    BillingAccountId
                    BillingAccountId=
                    BillingAccountName
                    BillingCurrency=Euro
                    BillingCurrency
                    BillingPeriodStart
                    BillingPeriodStart=2026-01-01
                    BillingPeriodEnd=2019-01-01T00:00:00Z
                    ChargePeriodStart=2026-01-01T00:00:00+01:00
                    ChargePeriodEnd=2019-01-01T00:00:00.000Z
                    ChargePeriodEnd=2019-01-01T00:00:00Z
                    ChargeCategory=Fee
                    ChargeCategory
                    ChargeCategory=Tax
                    ChargeCategory=Purchase
                    ChargeClass=Refund
                    ChargeFrequency=Daily
                    ConsumedQuantity
                    ConsumedUnit
                    InvoiceId
                    InvoiceIssuerName
                    PricingCategory=Spot
                    PricingCategory
                    PricingQuantity
                    PricingQuantity=77
                    PricingUnit
                    ProviderName
                    PublisherName
                    ResourceId
                    ResourceType
                    ServiceCategory=Cloud
                    ServiceCategory
                    ServiceName
                    ServiceSubcategory=Things
                    SkuId
                    SkuPriceId
                    SubAccountId=some
                    SubAccountName=some
                    Tags=team=a
                    Tags=[]"""
                            .split("\n"));

    private static List<List<@Nullable String>> export(List<Charge> charges) {
        var bytes = new ByteArrayOutputStream();
        try (var csv = new Csv(bytes, Focus.HEADER)) {
            for (var charge : charges) if (Focus.isRow(charge)) csv.add(Focus.row(charge));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return CsvText.parse(bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void exports_of_random_ledgers_keep_every_rule() {
        var seen = new TreeMap<String, Integer>();
        for (long seed = SEED; seed < SEED + LEDGERS; seed++) {
            var ledger = new RandomLedger(seed);
            var table = export(ledger.charges);
            assertEquals(List.of(), FocusRules.violations(table, ledger.payable), "seed " + seed);
            for (var row : table)
                seen.merge(
                        cell(table, row, "ChargeCategory") + "/" + cell(table, row, "ChargeClass"),
                        1,
                        Integer::sum);
        }
        for (var kind :
                List.of(
                        "Usage/null",
                        "Usage/Correction",
                        "Tax/null",
                        "Tax/Correction",
                        "Credit/null",
                        "Credit/Correction",
                        "Adjustment/null",
                        "Adjustment/Correction")) {
            assertTrue(seen.getOrDefault(kind, 0) > 50, kind + " among " + seen);
        }
    }

    private static @Nullable String cell(
            List<List<@Nullable String>> table, List<@Nullable String> row, String column) {
        return row.get(table.getFirst().indexOf(column));
    }

    @Test
    void lines_without_a_price_are_no_rows() {
        var ledger = new RandomLedger(SEED + 2);
        long unpriced =
                ledger.charges.stream().filter(each -> each.line().amount() == null).count();
        assertNotEquals(0, unpriced);
        assertEquals(ledger.charges.size() - unpriced, export(ledger.charges).size() - 1);
    }

    /** A row as it should be: usage, no correction. */
    private static Map<String, @Nullable String> good() {
        var ledger = new RandomLedger(SEED);
        var table = export(ledger.charges);
        var row = new HashMap<String, @Nullable String>();
        var plain =
                table.subList(1, table.size()).stream()
                        .filter(each -> "Usage".equals(cell(table, each, "ChargeCategory")))
                        .filter(each -> cell(table, each, "ChargeClass") == null)
                        .filter(each -> cell(table, each, "ResourceId") != null)
                        .findFirst()
                        .orElseThrow();
        for (int i = 0; i < plain.size(); i++) row.put(Focus.HEADER.get(i), plain.get(i));
        return row;
    }

    private static List<String> check(List<Map<String, @Nullable String>> rows, String total) {
        var table = new ArrayList<List<@Nullable String>>();
        table.add(List.copyOf(Focus.HEADER));
        for (var row : rows)
            table.add(new ArrayList<>(Focus.HEADER.stream().map(row::get).toList()));
        var invoice = String.valueOf(rows.getFirst().get("InvoiceId"));
        return FocusRules.violations(table, Map.of(invoice, new BigDecimal(total)));
    }

    @Test
    void the_row_that_is_spoilt_below_is_good() {
        assertEquals(List.of(), check(List.of(good()), String.valueOf(good().get("BilledCost"))));
    }

    @ParameterizedTest
    @FieldSource("BAD_CELLS")
    void a_bad_cell_is_caught(String bad) {
        var column = bad.split("=", 2)[0];
        var value = bad.contains("=") ? bad.split("=", 2)[1] : null;
        var row = good();
        var total = String.valueOf(row.get("BilledCost"));
        if (column.startsWith("SubAccount")) {
            row.put("SubAccountId", null);
            row.put("SubAccountName", null);
        }
        row.put(column, value);
        assertNotEquals(List.of(), check(List.of(row), total));
    }

    @Test
    void sums_that_are_not_the_invoices_are_caught() {
        assertNotEquals(List.of(), check(List.of(good()), "123456.78"));
    }

    @Test
    void a_price_of_two_products_is_caught() {
        var other = good();
        other.put("SkuId", "another");
        other.put("BilledCost", "0");
        other.put("EffectiveCost", "0");
        var violations = check(List.of(good(), other), String.valueOf(good().get("BilledCost")));
        assertTrue(violations.toString().contains("SkuPriceId"), violations.toString());
    }

    @Test
    void a_correction_that_is_not_called_one_is_caught() {
        var later = good();
        later.put("BillingPeriodStart", "2026-02-01T00:00:00Z");
        later.put("BillingPeriodEnd", "2026-03-01T00:00:00Z");
        var violations = check(List.of(good(), later), "0");
        assertTrue(violations.toString().contains("correction"), violations.toString());
    }

    @Test
    void bad_headers_are_caught() {
        for (var bad :
                List.of(
                        List.of("x_First", "BilledCost"),
                        List.of("Cost"),
                        List.of("BilledCost", "BilledCost"),
                        List.of("BilledCost"))) {
            var table = List.<List<@Nullable String>>of(List.copyOf(bad));
            assertNotEquals(List.of(), FocusRules.violations(table, Map.of()), bad.toString());
        }
    }
}
